"""The one kernel of the notebooks: the Python that runs JupyterLab."""

from jupyter_client.kernelspec import KernelSpecManager


class OwnKernel(KernelSpecManager):
    """No kernel of the user's own Jupyter is looked for, so none can take the place of the project's Python."""

    def _kernel_dirs_default(self) -> list[str]:
        return []
