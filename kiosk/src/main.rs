//! Starts the kiosk: hands the command line to the library and says what went wrong.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    beket_kiosk::cli::run()
}
