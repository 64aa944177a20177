//! Catching a method's panic where the standard library is linked.

use alloc::string::String;

/// Runs `ask`; a panic comes back as its message. Without the standard library, nothing is caught.
#[cfg(not(feature = "std"))]
pub(super) fn caught<T>(ask: impl FnOnce() -> T) -> Result<T, String> {
    Ok(ask())
}

/// Runs `ask`; a panic comes back as its message, and is not printed as well.
#[cfg(feature = "std")]
pub(super) fn caught<T>(ask: impl FnOnce() -> T) -> Result<T, String> {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    quiet::install();
    quiet::ASKING.set(quiet::ASKING.get() + 1);
    let answer = catch_unwind(AssertUnwindSafe(ask));
    quiet::ASKING.set(quiet::ASKING.get() - 1);
    answer.map_err(|payload| match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => String::from(*text),
        (_, Some(text)) => text.clone(),
        _ => String::from("a panic without a message"),
    })
}

/// A search asks a method hundreds of thousands of times. A method that panics would print as many messages, so the
/// panics of methods under examination, and of the thread that examines them only, are left to the report.
#[cfg(feature = "std")]
mod quiet {
    use core::cell::Cell;
    use std::panic::{set_hook, take_hook};
    use std::sync::Once;

    std::thread_local! {
        pub(super) static ASKING: Cell<u32> = const { Cell::new(0) };
    }

    pub(super) fn install() {
        static INSTALLED: Once = Once::new();
        if std::thread::panicking() {
            return; // a hook cannot be changed from a panicking thread
        }
        INSTALLED.call_once(|| {
            let before = take_hook();
            set_hook(std::boxed::Box::new(move |panic| {
                if ASKING.get() == 0 {
                    before(panic);
                }
            }));
        });
    }
}
