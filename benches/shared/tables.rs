//! The matrix of the canton of Zürich, which every benchmark of matrices uses.

/// Votes by party and district, and the seats of both.
pub struct Table {
    pub name: &'static str,
    pub votes: Vec<u64>,
    pub party_seats: Vec<u64>,
    pub district_seats: Vec<u64>,
}

/// Canton of Zürich, Kantonsrat, 24 March 2019, from the matrices on record among the tests.
#[allow(clippy::expect_used)] // a benchmark may fail loudly
pub fn zurich() -> Table {
    let lines = include_str!("../../tests/data/matrices.jsonl").lines();
    let mut cases = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a case"));
    let case = cases.find(|case| case["id"] == "ch-zh-kanton-2019").expect("the canton");
    let numbers = |list: &serde_json::Value| -> Vec<u64> {
        list.as_array().expect("a list").iter().map(|number| number.as_u64().expect("a number")).collect()
    };
    let votes = case["votes"].as_array().expect("a table").iter().flat_map(numbers).collect();
    let (party_seats, district_seats) = (numbers(&case["party_seats"]), numbers(&case["district_seats"]));
    Table { name: "Zürich, 9 x 18", votes, party_seats, district_seats }
}
