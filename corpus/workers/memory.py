"""The memory of this process: how much it has, and a limit to it (where /proc and rlimits are)."""

from pathlib import Path


def address_space() -> int:
    """Return the bytes of address space in use, or 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    import resource

    return pages * resource.getpagesize()


def limit_memory(size: int) -> None:
    """Set the limit of this process's address space, in bytes; 0 sets none."""
    if not size:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
