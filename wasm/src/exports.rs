//! What a host calls. Two buffers are the whole interface: the host writes at one address and reads at another, and no
//! pointer of the host's is ever followed here.

use std::sync::{Mutex, MutexGuard, PoisonError};

use apportion::{AllocationMethod, Scratch};

use crate::methods;
use crate::questions;

/// What lies between two calls: bytes in, bytes out, numbers in, numbers out.
struct Room {
    question: Vec<u8>,
    answer: Vec<u8>,
    votes: Vec<u64>,
    seats: Vec<u64>,
    tied: Vec<u32>,
    methods: Vec<AllocationMethod>,
    scratch: Scratch,
}

static ROOM: Mutex<Room> = Mutex::new(Room {
    question: Vec::new(),
    answer: Vec::new(),
    votes: Vec::new(),
    seats: Vec::new(),
    tied: Vec::new(),
    methods: Vec::new(),
    scratch: Scratch::new(),
});

fn room() -> MutexGuard<'static, Room> {
    ROOM.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes room for a question of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn input(bytes: usize) -> *mut u8 {
    let question = &mut room().question;
    question.resize(bytes, 0);
    question.as_mut_ptr()
}

/// Answers the question that was written, and says how many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    let mut room = room();
    room.answer = questions::answer(&room.question).into_bytes();
    // A long question is not kept.
    room.question = Vec::new();
    room.answer.len()
}

/// Where the answer is, until the next question.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    room().answer.as_ptr()
}

/// Reads the method that was written as a question, and gives it a number to be called by; -1 if it is none, and the answer
/// says why.
#[unsafe(no_mangle)]
pub extern "C" fn method() -> i32 {
    let mut room = room();
    match methods::read(&room.question) {
        Ok(method) => {
            let known = room.methods.iter().position(|known| *known == method);
            let at = known.unwrap_or_else(|| {
                room.methods.push(method);
                room.methods.len() - 1
            });
            i32::try_from(at).unwrap_or(-1)
        }
        Err(error) => {
            room.answer = error.into_bytes();
            -1
        }
    }
}

/// Makes room for so many numbers of votes, and as many of seats, and says where the votes go.
#[unsafe(no_mangle)]
pub extern "C" fn votes(numbers: usize) -> *mut u64 {
    let mut room = room();
    room.votes.resize(numbers, 0);
    room.seats.resize(numbers, 0);
    room.votes.as_mut_ptr()
}

/// Where the seats are.
#[unsafe(no_mangle)]
pub extern "C" fn seats() -> *const u64 {
    room().seats.as_ptr()
}

/// Where the parties of the tie are, or the rows with one.
#[unsafe(no_mangle)]
pub extern "C" fn tied() -> *const u32 {
    room().tied.as_ptr()
}

/// What [`allocate`] gives where there is no answer; the answer says why.
const NO_ANSWER: i64 = -1;

/// One allocation of the votes that were written: how many seats are left in a tie, 0 where all are certain, -1 for none.
/// [`tied_count`] is how many parties are in the tie.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(method: usize, house: u64) -> i64 {
    let room = &mut *room();
    room.tied.clear();
    let Some(method) = room.methods.get(method) else { return NO_ANSWER };
    match method.allocate_into(&room.votes, house, &mut room.seats, &mut room.scratch) {
        Ok(None) => 0,
        Ok(Some(tie)) => {
            room.tied.extend(tie.parties().iter().filter_map(|&party| u32::try_from(party).ok()));
            i64::try_from(tie.seats()).unwrap_or(i64::MAX)
        }
        Err(error) => {
            room.answer = methods::refusal(&error).into_bytes();
            NO_ANSWER
        }
    }
}

/// Many allocations, `parties` numbers a row, each of `house` seats: how many rows have a tie, -1 for no answer.
#[unsafe(no_mangle)]
pub extern "C" fn allocate_rows(method: usize, parties: usize, house: u64) -> i64 {
    let room = &mut *room();
    room.tied.clear();
    let Some(method) = room.methods.get(method) else { return NO_ANSWER };
    match method.allocate_rows(&room.votes, parties, house, &mut room.seats) {
        Ok(ties) => {
            room.tied.extend(ties.iter().filter_map(|tie| u32::try_from(tie.row).ok()));
            i64::try_from(ties.len()).unwrap_or(i64::MAX)
        }
        Err(error) => {
            room.answer = methods::refusal(&error).into_bytes();
            NO_ANSWER
        }
    }
}

/// How many numbers stand at [`tied`].
#[unsafe(no_mangle)]
pub extern "C" fn tied_count() -> usize {
    room().tied.len()
}

/// How many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    room().answer.len()
}
