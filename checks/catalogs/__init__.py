import os

# For the arithmetic of `meaning`. Where other processes use the cores too, several threads wait for each other: on a
# busy machine that took minutes instead of seconds. NumPy reads it when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
