//! `bibferry check`: the findings about inputs are the result.

use super::args::Check;
use super::report::{Reporter, Status};
use bibferry::Error;
use bibferry::convert;

pub(super) fn run(args: &Check) -> Result<Status, Error> {
    let mut options = args.input.options()?;
    options.check = true;
    let mut reporter = Reporter::to_stdout(&args.report);
    let outcome = convert::run(&args.input.inputs(), &mut std::io::sink(), &options, &mut reporter)?;
    reporter.summary(&outcome)?;
    Ok(Status::of(&outcome))
}
