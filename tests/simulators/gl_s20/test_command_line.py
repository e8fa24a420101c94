"""Starting the border router from the command line."""

import argparse

import pytest

from simulators.gl_s20.command_line import GL_S20


def parse(*arguments: str) -> argparse.Namespace:
    """Return the arguments as the command line reads them."""
    parser = argparse.ArgumentParser()
    GL_S20.add_arguments(parser)
    return parser.parse_args(arguments)


async def test_options(socket_enabled: None) -> None:
    """What is asked for is what one gets."""
    router = GL_S20.build(
        parse(
            "--uninitialized",
            "--thread-disabled",
            "--restart-seconds",
            "2",
            "--code-style",
            "string",
        )
    )
    await router.start()
    assert router.url.startswith("http://127.0.0.1:")
    assert (router.username, router.password) == ("", "gatehouse-2026")
    options = vars(router)["device"].options
    assert (options.initialized, options.thread_enabled) == (False, False)
    assert (options.restart_seconds, options.code_style) == (2, "string")
    await router.stop()


def test_bad_option() -> None:
    """An unknown shape is refused."""
    with pytest.raises(SystemExit):
        parse("--result-shape", "round")
