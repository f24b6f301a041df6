# SPDX-License-Identifier: Apache-2.0
"""Who runs when: all engines in turns, only one at any moment, the order turned by one each round."""

import time

from driver.log import say
from driver.session import Session, SessionError


class Measurements:
    """Everything one engine said about one data set."""

    def __init__(self, engine, description):
        self.engine = engine
        self.description = description
        self.builds = {description["threads"]: [description["build_seconds"]]}
        self.rounds = []
        self.memory = {}

    def add_build(self, reply):
        self.builds.setdefault(reply["threads"], []).append(reply["build_seconds"])


class Schedule:
    """Measures one data set. `commands` gives each engine's command."""

    def __init__(self, dataset_name, commands, options, log_folder):
        self.dataset_name, self.commands, self.options, self.log_folder = dataset_name, commands, options, log_folder
        self.interrupted = False
        self.sessions = {}
        self.measurements = {}

    def run(self):
        """Fills and returns `measurements`. What was measured before an interrupt or an engine's failure stays."""
        try:
            self._start_all()
            for number in range(1, self.options.builds):
                self._turn(f"build {number + 1}", number, self._build_again)
            if self.options.parallel_build_threads > 1:
                self._turn(f"build with {self.options.parallel_build_threads} threads", 0, self._build_in_parallel)
            for number in range(1, self.options.rounds + 1):
                self._turn(f"round {number}/{self.options.rounds}", number, lambda session, n=number: self._round(session, n))
            self._turn("memory", 0, self._memory)
        except KeyboardInterrupt:
            self.interrupted = True
            say("interrupted: what has been measured is written")
        finally:
            for session in self.sessions.values():
                session.close()
        return list(self.measurements.values())

    def _start_all(self):
        for engine, command in self.commands.items():
            started = time.monotonic()
            try:
                session = Session(engine, command, self.log_folder / f"{self.dataset_name}.{engine.id}.log", self.options.timeout)
            except (SessionError, OSError) as error:
                say(f"{self.dataset_name}: LEFT OUT {engine.id}: {error}")
                continue
            self.sessions[engine] = session
            self.measurements[engine] = Measurements(engine, session.description)
            built = session.description["build_seconds"]
            say(f"{self.dataset_name}: {engine.id} is ready after {time.monotonic() - started:.1f} s, built in {built:.2f} s")

    def _turn(self, title, shift, work):
        """Lets every live engine do its work, beginning with another one each time."""
        engines = list(self.sessions)
        first = shift % len(engines) if engines else 0
        for engine in engines[first:] + engines[:first]:
            started = time.monotonic()
            try:
                work(self.sessions[engine])
            except SessionError as error:
                say(f"{self.dataset_name}: {title}: DROPPED {engine.id}: {error}")
                self.sessions.pop(engine).close()
                continue
            say(f"{self.dataset_name}: {title}: {engine.id} {time.monotonic() - started:.1f} s")

    def _build_again(self, session):
        if not session.engine.report_only and not session.engine.exact:
            self.measurements[session.engine].add_build(session.ask(build=True, threads=session.description["threads"]))

    def _build_in_parallel(self, session):
        if not session.engine.exact:
            self.measurements[session.engine].add_build(session.ask(build=True, threads=self.options.parallel_build_threads))

    def _round(self, session, number):
        reply = session.ask(round=number, filters=number <= self.options.filter_rounds)
        self.measurements[session.engine].rounds.append(reply["points"])

    def _memory(self, session):
        reply = session.ask(memory=True)
        self.measurements[session.engine].memory = {key: value for key, value in reply.items() if key != "memory"}
