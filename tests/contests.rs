//! Contests of held seats, minimums and maximums: what they must be, whatever the method.

use apportion::{AllocationMethod, Contest, Error, Quota, Stage};

fn methods() -> [AllocationMethod; 4] {
    let stages = AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::most_votes()]);
    [AllocationMethod::D_HONDT, AllocationMethod::HUNTINGTON_HILL, AllocationMethod::HARE, stages]
}

#[test]
fn bounds_are_as_many_as_parties_or_none() {
    let votes = [500, 300, 160];
    for method in methods() {
        for wrong in [1, 2, 4, 65] {
            let contest = || Contest::new(&votes, 10);
            let (numbers, maximums) = (vec![1_u64; wrong], vec![Some(9_u64); wrong]);
            let cases = [
                ("held seats", contest().held(numbers.clone())),
                ("minimums", contest().minimums(numbers.clone())),
                ("maximums", contest().maximums(maximums.clone())),
                ("held seats", contest().held(numbers.clone()).minimums(&[1, 1, 1][..]).maximums(&[None; 3][..])),
                ("minimums", contest().held(&[1, 1, 1][..]).minimums(numbers).maximums(&[None; 3][..])),
                ("maximums", contest().held(&[1, 1, 1][..]).minimums(&[1, 1, 1][..]).maximums(maximums)),
            ];
            for (what, contest) in cases {
                let error = Error::WrongLength { what, parties: 3, found: wrong };
                assert_eq!(method.allocate_contest(&contest), Err(error), "{method}");
            }
        }
    }
}

#[test]
fn bounds_that_cannot_hold_are_refused() {
    let votes = [500, 300];
    for method in methods() {
        let above = Contest::new(&votes, 10).minimums(&[0, 6][..]).maximums(&[None, Some(5)][..]);
        let error = Error::MinimumAboveMaximum { party: "party 2".into(), minimum: 6, maximum: 5 };
        assert_eq!(method.allocate_contest(&above), Err(error), "{method}");
        let giant = 1 << 63;
        let too_many = Contest::new(&votes, 10).minimums(vec![giant, giant]);
        let error = Error::MinimumsExceedSeats { minimums: 1 << 64, seats: 10 };
        assert_eq!(method.allocate_contest(&too_many), Err(error), "{method}");
        let held = Contest::new(&votes, 10).held(vec![0, u64::MAX - 9]);
        let error = Error::TooManySeats { party: "party 2".into(), held: u64::MAX - 9, seats: 10 };
        assert_eq!(method.allocate_contest(&held), Err(error), "{method}");
    }
}

#[test]
fn minimums_that_leave_nothing_are_the_answer() {
    let votes = [900, 10, 1];
    for method in methods() {
        let contest = Contest::new(&votes, 6).minimums(&[1, 2, 3][..]);
        assert_eq!(method.allocate_contest(&contest).unwrap().seats().unwrap(), [1, 2, 3], "{method}");
    }
}
