"""The exact command for a system: what to type into its shell. Pure; several lines where one will not do."""

from __future__ import annotations

from dataclasses import replace

from .builds import LEGACY_BELOW, TORCH, TORCH_INDEX, XLLAMACPP_INDEX, torch_wheel
from .facts import Facts

DRIVERS_PAGE = "https://www.nvidia.com/drivers"
_DRIVER = {
    "ubuntu": "sudo ubuntu-drivers install",
    "debian": "sudo apt install nvidia-driver",
    "fedora": "sudo dnf install akmod-nvidia xorg-x11-drv-nvidia-cuda",
    "arch": "sudo pacman -S nvidia-open nvidia-utils",
}
# The key that the distribution signs its own builds of kernel modules with.
_SIGNING_KEY = {
    "ubuntu": "/var/lib/shim-signed/mok/MOK.der",
    "debian": "/var/lib/dkms/mok.pub",
    "fedora": "/etc/pki/akmods/certs/public_key.der",
}
_REBUILD = {
    "ubuntu": "sudo dkms autoinstall",
    "debian": "sudo dkms autoinstall",
    "fedora": "sudo akmods --force",
}
_CONTAINER = {
    "docker": "docker run --gpus all …",
    "podman": "podman run --device nvidia.com/gpu=all …",
    "kubernetes": "resources: {limits: {nvidia.com/gpu: 1}}",
}


def then(facts: Facts, *commands: str) -> str:
    """Commands one after the other: Windows' PowerShell has no ``&&``, so they go on lines of their own."""
    return ("\n" if facts.system == "Windows" else " && ").join(commands)


def install(facts: Facts, requirement: str, options: str = "") -> str:
    """Install a package into this very Python."""
    tool = "uv pip" if facts.installer == "uv" else f"{facts.python_command} -m pip"
    return f"{tool} install {requirement} {options}".strip()


def install_torch(facts: Facts, wheel: str | None = None) -> str:
    """Bring the torch that suits this machine. An installed one goes first: pip takes any build as good.

    ``--force-reinstall`` would do too, but replaces every dependency by the copies of PyTorch's index.
    """
    wheel = wheel or torch_wheel(facts)
    index = f"--index-url {TORCH_INDEX}{wheel}" if wheel else ""
    names = [name for name in ("torchvision", "torchaudio") if name in facts.packages]
    wanted = " ".join([TORCH, *names])
    if facts.installer == "uv":
        return install(facts, f"--reinstall-package torch {wanted}", index)
    bring = install(facts, wanted, index)
    if facts.torch is None:
        return bring
    by_conda = facts.torch_copies and facts.torch_copies[0].installer == "conda"
    away = f"{facts.python_command} -m pip uninstall -y {' '.join(['torch', *names])}"
    return then(facts, "conda remove --yes pytorch" if by_conda else away, bring)


def clean_torch(facts: Facts) -> str:
    """Take away every copy of torch, conda's and pip's, and bring one."""
    pip = f"{facts.python_command} -m pip uninstall -y torch"
    away = ["conda remove --yes pytorch"] if facts.conda_torch else []
    copies = max(1, sum(copy.installer != "conda" for copy in facts.torch_copies))
    bring = install_torch(replace(facts, torch=None))
    return then(facts, *away, *[pip] * copies, bring)


def install_xllamacpp(facts: Facts, wheel: str) -> str:
    """Replace xllamacpp's CPU build by one for the card, as its README does."""
    force = "--reinstall-package xllamacpp" if facts.installer == "uv" else "--force-reinstall"
    return install(facts, f"xllamacpp {force}", f"--index-url {XLLAMACPP_INDEX}{wheel}")


def install_driver(facts: Facts) -> str | None:
    """Bring NVIDIA's newest driver for this card; None where there is only its page."""
    if facts.wsl:
        return "wsl --update"
    if facts.system == "Windows":
        return f"start {DRIVERS_PAGE}"
    if facts.family in ("fedora", "arch") and is_legacy(facts):
        return None  # their plain packages are of newer branches, which leave this card out
    return _DRIVER.get(facts.family)


def is_legacy(facts: Facts) -> bool:
    """Whether the best card is one that drivers after builds.LAST_LEGACY_BRANCH leave out."""
    capability = facts.cards("nvidia")[0].capability if facts.cards("nvidia") else None
    return capability is not None and capability < LEGACY_BELOW


def enroll_key(facts: Facts) -> str:
    """Have the firmware accept the modules that this system builds."""
    key = _SIGNING_KEY.get(facts.family)
    return then(facts, f"sudo mokutil --import {key}", "sudo reboot") if key else "mokutil --sb-state"


def forbid_nouveau(facts: Facts) -> str:
    """Keep the kernel's own driver from taking the card at the next start."""
    if facts.family == "fedora":
        arguments = "rd.driver.blacklist=nouveau modprobe.blacklist=nouveau"
        return then(facts, f'sudo grubby --update-kernel=ALL --args="{arguments}"', "sudo reboot")
    forbid = 'echo "blacklist nouveau" | sudo tee /etc/modprobe.d/blacklist-nouveau.conf'
    rebuild = "sudo update-initramfs -u" if facts.family in ("ubuntu", "debian") else "sudo dracut --force"
    return then(facts, forbid, rebuild, "sudo reboot")


def rebuild_module(facts: Facts) -> str | None:
    """Build the driver's module for the running kernel."""
    command = _REBUILD.get(facts.family)
    return then(facts, command, "sudo modprobe nvidia") if command else install_driver(facts)


def give_container_gpu(facts: Facts) -> str:
    """Start this kind of container with access to the cards."""
    return _CONTAINER.get(facts.container, _CONTAINER["docker"])


def unset(facts: Facts, variable: str) -> str:
    """Forget a variable in this shell."""
    return f"Remove-Item Env:{variable}" if facts.system == "Windows" else f"unset {variable}"
