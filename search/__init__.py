import os

# Sums here are of some thousand numbers: threads of the linear algebra library wait for one another longer than they add,
# and starting them takes 50 ms of CPU at the import of numpy, which reads this once.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
