import os

# For the arithmetic of `meaning`. Several threads wait for each other where other processes use the cores too: on a busy
# machine that took minutes instead of seconds. It is read when NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
