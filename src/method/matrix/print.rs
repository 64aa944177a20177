//! Divisors to print: for every party and district the shortest number by which all printed quotients round to the seats.
//!
//! All are chosen so that they hold together, and are checked with whole numbers. The scale is free: the party with most
//! seats has 1, as the city of Zürich prints it.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;
use num_rational::Ratio;

use super::allocation::MatrixAllocation;
use super::components::Arc;
use super::decide::Decision;
use super::interval::{Decimal, Interval};
use super::multiplier::Multiplier;
use super::problem::{Matrix, Problem};
use super::verify::certify;
use crate::error::Error;

/// Exact positive numbers; here to the power by which divisors are compared.
pub(super) type Exact = Ratio<BigUint>;

/// The divisors of all parties and all districts, to be printed below and beside a matrix.
///
/// Votes / (party divisor x district divisor) lies between the signposts of the seats of each cell, strictly, but for tied
/// cells, where it is on one. The signposts of s seats are d(s - 1) and d(s), for divisors that grow in equal steps over
/// that step: s - 1/2 and s + 1/2 for Sainte-Laguë. A cell that a bound holds may lie beyond it.
///
/// # Examples
/// ```
/// use apportion::matrix::Matrix;
///
/// let votes = [123, 45, 815, 912, 714, 414, 312, 255, 215];
/// let matrix = Matrix::new(&votes, &[5, 11, 4], &[7, 5, 8]);
/// let divisors = matrix.divisors_to_print(&matrix.solve()?)?;
/// let (first_party, last_district) = (divisors.parties()[0].as_ref(), divisors.districts()[2].as_ref());
/// // The first party's cell in the last district: 815 / (1.15 x 160) = 4.43, four seats.
/// assert_eq!(first_party.map(ToString::to_string).as_deref(), Some("1.15"));
/// assert_eq!(last_district.map(ToString::to_string).as_deref(), Some("160"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PrintedDivisors {
    parties: Vec<Option<PrintedDivisor>>,
    districts: Vec<Option<PrintedDivisor>>,
}

impl PrintedDivisors {
    /// By party; `None` for one that no divisor changes, as one without seats.
    #[must_use]
    pub fn parties(&self) -> &[Option<PrintedDivisor>] {
        &self.parties
    }

    /// By district; `None` for one that no divisor changes, as one without seats.
    #[must_use]
    pub fn districts(&self) -> &[Option<PrintedDivisor>] {
        &self.districts
    }
}

/// One divisor: a decimal where there is room for one, else a ratio or its root, and the interval in which it could be, all
/// others being as they are printed.
///
/// # Examples
/// ```
/// use apportion::matrix::Matrix;
///
/// let votes = [123, 45, 815, 912, 714, 414, 312, 255, 215];
/// let matrix = Matrix::new(&votes, &[5, 11, 4], &[7, 5, 8]);
/// let divisors = matrix.divisors_to_print(&matrix.solve()?)?;
/// let last = divisors.districts()[2].as_ref().expect("it has seats");
/// assert_eq!(last.to_string(), "160");
/// // Any number between these, 159.26 and 165.6, would do as well.
/// assert_eq!(last.interval(), ("4300/27", Some("828/5")));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PrintedDivisor {
    text: String,
    interval: (String, Option<String>),
}

impl PrintedDivisor {
    pub(super) const fn new(text: String, interval: (String, Option<String>)) -> Self {
        Self { text, interval }
    }

    /// The ends of the interval, exactly: at each a cell lies on a signpost. The second is `None` where there is none.
    #[must_use]
    pub fn interval(&self) -> (&str, Option<&str>) {
        (&self.interval.0, self.interval.1.as_deref())
    }
}

impl fmt::Display for PrintedDivisor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Matrix<'_> {
    /// The divisors to print with an allocation of this matrix.
    ///
    /// # Errors
    /// As [`solve`](Self::solve), and [`Error::NoDivisors`] for the seats of another matrix, for a cell with votes that has
    /// no seat although the first divisor is 0 (Adams: by no divisors is its quotient rounded to 0), and where the exact
    /// numbers would be too long, as Macau's divisors for thousands of seats.
    ///
    /// # Examples
    /// ```
    /// use apportion::matrix::Matrix;
    ///
    /// let votes = [123, 45, 815, 912, 714, 414, 312, 255, 215];
    /// let matrix = Matrix::new(&votes, &[5, 11, 4], &[7, 5, 8]);
    /// let divisors = matrix.divisors_to_print(&matrix.solve()?)?;
    /// let text = |divisors: &[Option<_>]| divisors.iter().flatten().map(ToString::to_string).collect::<Vec<String>>();
    /// assert_eq!(text(divisors.districts()), ["210", "200", "160"]);
    /// assert_eq!(text(divisors.parties()), ["1.15", "1", "0.9"]);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn divisors_to_print(&self, allocation: &MatrixAllocation) -> Result<PrintedDivisors, Error> {
        const ROUNDS: usize = 4;
        let problem = self.check_unnarrowed()?;
        let seats = allocation.any();
        if self.verify(&seats).is_err() {
            return Err(Error::NoDivisors { reason: "the seats are not those of the matrix" });
        }
        check_sizes(&problem, &seats)?;
        let (mut network, decision) = certify(&problem, seats);
        let Decision::Right(groups) = decision else {
            return Err(Error::NoDivisors { reason: "the seats are not those of the matrix" });
        };
        for _ in 0..ROUNDS {
            network.loosen();
            network.rebase();
            let mut table = Table::new(&problem, &network.seats, network.multipliers(), &groups);
            if table.is_strict() {
                table.shorten();
                return Ok(table.print());
            }
        }
        Err(Error::NoDivisors { reason: "they would have too many digits" })
    }
}

/// Refuses cells that no divisors round to what they have, and numbers of thousands of digits.
fn check_sizes(problem: &Problem<'_>, seats: &[u64]) -> Result<(), Error> {
    const LONGEST: u64 = 4096;
    for (cell, &seats) in seats.iter().enumerate() {
        if problem.signposts.power(seats).twos > LONGEST {
            return Err(Error::NoDivisors { reason: "they would have thousands of digits" });
        }
        if seats == 0 && problem.most[cell] > 0 && problem.signposts.starts_at_zero() {
            return Err(Error::NoDivisors { reason: "no quotient is rounded to 0 where the first divisor is 0" });
        }
    }
    Ok(())
}

/// Divisors under way: all to the power of the signposts' exponent, rows before columns.
struct Table<'p> {
    problem: &'p Problem<'p>,
    seats: &'p [u64],
    values: Vec<Exact>,
    texts: Vec<Option<String>>,
    /// By node the set that moves as one: nodes that ties hold together, else the node alone.
    unit: Vec<usize>,
}

impl<'p> Table<'p> {
    fn new(problem: &'p Problem<'p>, seats: &'p [u64], multipliers: &[Multiplier], groups: &[Vec<Arc>]) -> Self {
        let exponent = problem.signposts.exponent();
        let mut values: Vec<Exact> = multipliers.iter().map(|multiplier| multiplier.inverse_power(exponent)).collect();
        for value in &mut values[problem.rows.len()..] {
            // Multipliers are those of the divisors as they come, not of signposts; where scaled, they need no power.
            *value *= BigUint::from(problem.signposts.scale());
        }
        let texts = vec![None; values.len()];
        let mut table = Self { problem, seats, unit: (0..values.len()).collect(), values, texts };
        for group in groups {
            table.tie(group);
        }
        // The party with most seats has 1.
        if let Some(largest) = (0..problem.rows.len()).rev().max_by_key(|&row| problem.rows[row]) {
            let scale = table.values[largest].clone();
            for (node, value) in table.values.iter_mut().enumerate() {
                *value = if node < problem.rows.len() { &*value / &scale } else { &*value * &scale };
            }
            table.write(largest, "1".into());
        }
        table
    }

    /// Puts the quotients of tied cells on their signposts exactly, from the first node of the tie on.
    fn tie(&mut self, group: &[Arc]) {
        let Some(&(root, _)) = group.first() else { return };
        let mut reached = vec![root];
        let mut at = 0;
        while let Some(&node) = reached.get(at) {
            at += 1;
            for &arc in group.iter().filter(|&&(from, to)| from == node || to == node) {
                let other = if arc.0 == node { arc.1 } else { arc.0 };
                if !reached.contains(&other) {
                    let cell = self.problem.cell_of(arc);
                    let below = u64::from(!self.problem.adds(arc));
                    let signpost = self.signpost(self.seats[cell] - below);
                    self.values[other] = self.votes(cell) / (signpost * &self.values[node]);
                    self.unit[other] = self.unit[root];
                    reached.push(other);
                }
            }
        }
    }

    fn signpost(&self, s: u64) -> Exact {
        let power = self.problem.signposts.power(s);
        Ratio::new(power.up << power.twos, power.down * self.problem.signposts.scale())
    }

    fn votes(&self, cell: usize) -> Exact {
        BigUint::from(self.problem.votes[cell]).pow(self.problem.signposts.exponent()).into()
    }

    /// What the product of a cell's two divisors must be above, and below: votes over the signposts.
    fn limits(&self, cell: usize) -> (Exact, Option<Exact>) {
        let seats = self.seats[cell];
        let votes = self.votes(cell);
        let above = if seats < self.problem.most[cell] { &votes / self.signpost(seats) } else { BigUint::ZERO.into() };
        let last = (seats > self.problem.least[cell]).then(|| self.signpost(seats - 1));
        (above, last.filter(|last| *last.numer() > BigUint::ZERO).map(|last| votes / last))
    }

    /// The cells that divisors change, with their row and column as nodes.
    fn cells(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let width = self.problem.columns.len();
        let free = |cell: &usize| self.problem.least[*cell] < self.problem.most[*cell];
        (0..self.seats.len()).filter(free).map(move |cell| (cell, cell / width, self.problem.rows.len() + cell % width))
    }

    /// Whether every quotient lies strictly between its signposts, but for those that ties hold.
    fn is_strict(&self) -> bool {
        self.cells().filter(|&(_, row, column)| self.unit[row] != self.unit[column]).all(|(cell, row, column)| {
            let product = &self.values[row] * &self.values[column];
            let (above, below) = self.limits(cell);
            above < product && below.is_none_or(|below| product < below)
        })
    }

    /// Where the divisor of a node may be, its unit moving with it, or it alone.
    fn interval(&self, node: usize, alone: bool) -> Interval {
        let rows = self.problem.rows.len();
        let with = |other: usize| if alone { other == node } else { self.unit[other] == self.unit[node] };
        let mut interval = Interval::everything();
        for (cell, row, column) in self.cells() {
            let (moves, other) = match (with(row), with(column)) {
                (true, false) => (row, column),
                (false, true) => (column, row),
                _ => continue,
            };
            let (above, below) = self.limits(cell);
            // By how much the moving end may grow or shrink.
            let product = &self.values[moves] * &self.values[other];
            let (low, high) = (above / &product, below.map(|below| below / &product));
            if (moves < rows) == (node < rows) {
                interval.narrow(&(low * &self.values[node]), high.map(|high| high * &self.values[node]));
            } else {
                // It moves the other way: its bounds change places.
                let inverse = |bound: Exact| &self.values[node] / bound;
                let none = low.numer() == &BigUint::ZERO;
                interval.narrow(
                    &high.map_or_else(|| BigUint::ZERO.into(), inverse),
                    (!none).then(|| &self.values[node] / low),
                );
            }
        }
        interval
    }

    /// Gives districts, then parties, the shortest numbers in their intervals, each after those before it.
    fn shorten(&mut self) {
        let rows = self.problem.rows.len();
        for node in (rows..self.values.len()).chain(0..rows) {
            if self.texts[node].is_some() || !self.is_free(node) {
                continue;
            }
            let decimal = self.interval(node, false).shortest(self.problem.signposts.exponent());
            let factor = decimal.power(self.problem.signposts.exponent()) / &self.values[node];
            for other in 0..self.values.len() {
                if self.unit[other] == self.unit[node] {
                    let value = &self.values[other];
                    self.values[other] =
                        if (other < rows) == (node < rows) { value * &factor } else { value / &factor };
                }
            }
            self.write(node, decimal.to_string());
        }
    }

    /// Writes a node's number, and exactly what follows for those that ties hold to it.
    fn write(&mut self, node: usize, text: String) {
        let exponent = self.problem.signposts.exponent();
        for other in 0..self.values.len() {
            if self.unit[other] == self.unit[node] && other != node {
                self.texts[other] = Some(root_text(&self.values[other], exponent));
            }
        }
        self.texts[node] = Some(text);
    }

    fn is_free(&self, node: usize) -> bool {
        self.cells().any(|(_, row, column)| row == node || column == node)
    }

    fn print(mut self) -> PrintedDivisors {
        let exponent = self.problem.signposts.exponent();
        let mut printed: Vec<Option<PrintedDivisor>> = (0..self.values.len())
            .map(|node| {
                let text = self.is_free(node).then(|| self.texts[node].take()).flatten()?;
                let Interval { low, high } = self.interval(node, true);
                let interval = (root_text(&low, exponent), high.map(|high| root_text(&high, exponent)));
                Some(PrintedDivisor { text, interval })
            })
            .collect();
        let districts = printed.split_off(self.problem.rows.len());
        PrintedDivisors { parties: printed, districts }
    }
}

/// The root of a ratio: `3/2`, `√(3/2)`, `(3/2)^(1/10)`, or a whole number.
pub(super) fn root_text(power: &Exact, exponent: u32) -> String {
    let root = |number: &BigUint| {
        let root = number.nth_root(exponent);
        (root.pow(exponent) == *number).then_some(root)
    };
    match (root(power.numer()), root(power.denom()), exponent) {
        (Some(top), Some(bottom), _) => Exact::new(top, bottom).to_string(),
        (.., 2) => alloc::format!("√({power})"),
        _ => alloc::format!("({power})^(1/{exponent})"),
    }
}

impl Decimal {
    fn power(&self, exponent: u32) -> Exact {
        let value = self.value();
        Ratio::new(value.numer().pow(exponent), value.denom().pow(exponent))
    }
}
