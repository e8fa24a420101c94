"""The brand pictures are the ones Home Assistant asks for, in the sizes it expects."""

from pathlib import Path
import struct

from homeassistant.components.brands.const import ALLOWED_IMAGES
import pytest

BRAND = Path(__file__).parent.parent / "custom_components" / "gatehouse" / "brand"
ICON = (256, 256)
LOGO_HEIGHT = range(128, 257)
SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BITS_RGBA = (8, 6)


def read_header(name: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the size of a picture, and its bit depth and color type."""
    start = (BRAND / name).read_bytes()[:26]
    signature, length, chunk, width, height, depth, color = struct.unpack(">8sI4sIIBB", start)
    assert (signature, length, chunk) == (SIGNATURE, 13, b"IHDR")
    return (width, height), (depth, color)


def test_every_picture_is_there_and_no_other_file() -> None:
    """Home Assistant serves these names; another name would never be shown."""
    assert {path.name for path in BRAND.iterdir()} == ALLOWED_IMAGES


@pytest.mark.parametrize("name", sorted(ALLOWED_IMAGES))
def test_pictures_are_transparent_png(name: str) -> None:
    """Each picture carries an alpha channel, as it is laid over any theme."""
    assert read_header(name)[1] == EIGHT_BITS_RGBA


@pytest.mark.parametrize("name", ["icon", "dark_icon"])
def test_icon_size(name: str) -> None:
    """An icon is a square of the one size that is allowed."""
    assert read_header(f"{name}.png")[0] == ICON


@pytest.mark.parametrize("name", ["logo", "dark_logo"])
def test_logo_size(name: str) -> None:
    """A logo is wider than high, and its height is within the limits."""
    width, height = read_header(f"{name}.png")[0]
    assert width > height
    assert height in LOGO_HEIGHT


@pytest.mark.parametrize("name", ["icon", "dark_icon", "logo", "dark_logo"])
def test_high_density_pictures_are_twice_as_large(name: str) -> None:
    """The picture for high density screens has the same proportions."""
    width, height = read_header(f"{name}.png")[0]
    assert read_header(f"{name}@2x.png")[0] == (2 * width, 2 * height)


@pytest.mark.parametrize("name", ["icon", "icon@2x", "logo", "logo@2x"])
def test_dark_theme_has_its_own_picture(name: str) -> None:
    """The dark picture has the size of the light one and other colors."""
    light, dark = f"{name}.png", f"dark_{name}.png"
    assert read_header(dark) == read_header(light)
    assert (BRAND / dark).read_bytes() != (BRAND / light).read_bytes()
