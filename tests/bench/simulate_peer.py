"""The peer of `npm run bench simulate`: the same hall in SimPy, version 2 (Debian's python3-simpy) or later.

python3 simulate_peer.py fifo|priority <customers>  prints {"version", "meanWait", "seconds"}.
36 visitors an hour, service of 8 minutes (exponential), 6 windows; with priority 30 % go first.
"""
import json
import random
import sys
import time

RATE, SERVICE, WINDOWS, FIRST = 36 / 60, 8.0, 6, 0.3


def newer(simpy, customers, priority):
    env = simpy.Environment()
    windows = simpy.PriorityResource(env, WINDOWS) if priority else simpy.Resource(env, WINDOWS)
    waits = []

    def visit():
        arrived = env.now
        request = windows.request(priority=0 if random.random() < FIRST else 1) if priority else windows.request()
        with request:
            yield request
            waits.append(env.now - arrived)
            yield env.timeout(random.expovariate(1 / SERVICE))

    def source():
        for _ in range(customers):
            env.process(visit())
            yield env.timeout(random.expovariate(RATE))

    env.process(source())
    env.run()
    return waits


def older(simpy, customers, priority):
    waits = []
    windows = simpy.Resource(capacity=WINDOWS, qType=simpy.PriorityQ if priority else simpy.FIFO)
    simpy.initialize()

    class Visit(simpy.Process):
        def go(self):
            arrived = simpy.now()
            if priority:
                yield simpy.request, self, windows, 1 if random.random() < FIRST else 0
            else:
                yield simpy.request, self, windows
            waits.append(simpy.now() - arrived)
            yield simpy.hold, self, random.expovariate(1 / SERVICE)
            yield simpy.release, self, windows

    class Source(simpy.Process):
        def go(self):
            for _ in range(customers):
                visit = Visit()
                simpy.activate(visit, visit.go())
                yield simpy.hold, self, random.expovariate(RATE)

    source = Source()
    simpy.activate(source, source.go())
    simpy.simulate(until=float("inf"))
    return waits


def main():
    kind, customers = sys.argv[1], int(sys.argv[2])
    random.seed(1)
    try:
        import simpy
        run = newer
    except ImportError:
        import SimPy
        import SimPy.Simulation as simpy
        run = older
    begun = time.perf_counter()
    waits = run(simpy, customers, kind == "priority")
    seconds = time.perf_counter() - begun
    version = simpy.__version__ if run is newer else SimPy.__version__
    print(json.dumps({"version": version, "meanWait": sum(waits) / len(waits), "seconds": seconds}))


main()
