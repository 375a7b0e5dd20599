//! Cores, limits, CPU time and memory.

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Ticks a second in `/proc`, the same on every Linux of this century.
const TICKS: f64 = 100.0;

/// One core for what is measured, another for the load.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cores {
    served: usize,
    load: usize,
}

impl Cores {
    /// The first two cores that this process may use; both the same where there is one.
    pub(crate) fn find() -> Result<Self> {
        let allowed = sched_getaffinity(None).context("the cores cannot be asked for")?;
        let mut cores = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core));
        let Some(served) = cores.next() else { bail!("there is no core to run on") };
        Ok(Self { served, load: cores.next().unwrap_or(served) })
    }

    /// From now on this thread, and what it starts, runs on the core of what is measured.
    pub(crate) fn enter_served(self) -> Result<()> {
        enter(self.served)
    }

    /// From now on this thread runs on the core of the load.
    pub(crate) fn enter_load(self) -> Result<()> {
        enter(self.load)
    }
}

fn enter(core: usize) -> Result<()> {
    let mut set = CpuSet::new();
    set.set(core);
    sched_setaffinity(None, &set).with_context(|| format!("core {core} cannot be chosen"))
}

/// Allows as many open files as the system lets this process have; gives the number.
pub(crate) fn raise_open_files() -> Result<u64> {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).context("the limit of open files cannot rise")?;
    Ok(maximum.unwrap_or(u64::MAX))
}

/// The CPU time that a process has used, in seconds, all its threads together.
pub(crate) fn cpu_seconds(process: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).context("the process has gone")?;
    // The name may hold blanks; what follows its bracket does not. `utime` and `stime` are fields 14 and 15.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field).and_then(|text| text.parse::<f64>().ok());
    let (user, system) = (ticks(11).context("no utime")?, ticks(12).context("no stime")?);
    Ok((user + system) / TICKS)
}

/// The memory that a process holds, in bytes.
pub(crate) fn resident_bytes(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).context("the process has gone")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().context("VmRSS is no number")?;
    Ok(kilobytes * 1_024)
}

/// The id of a process as the system takes it; used to see whether it still runs.
pub(crate) fn is_running(process: u32) -> bool {
    let id = i32::try_from(process).ok().and_then(Pid::from_raw);
    id.is_some_and(|id| rustix::process::test_kill_process(id).is_ok())
}
