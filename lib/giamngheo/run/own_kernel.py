"""The one kernel of the notebooks: the Python that runs this, whatever kernels the user's own Jupyter has."""

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class OwnKernel(KernelSpecManager):
    """No kernel of the user's own Jupyter is looked for, so none can take the place of the project's Python."""

    @default("kernel_dirs")
    def nowhere(self) -> list[str]:
        return []


class OwnManager(AsyncKernelManager):
    """Starts that kernel and no other."""

    @default("kernel_spec_manager")
    def only_ours(self) -> OwnKernel:
        return OwnKernel(parent=self)
