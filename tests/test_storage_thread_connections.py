"""One connection a thread, a new one where the last has ended, and all of them closed."""

from __future__ import annotations

import threading

from search.storage.databases.thread_connections import ThreadConnections


class Connection:
    closed = False

    def close(self) -> None:
        self.closed = True


def test_each_thread_has_its_own_and_all_are_closed() -> None:
    connections = ThreadConnections(Connection)
    mine, others = connections.mine(), []
    thread = threading.Thread(target=lambda: others.append(connections.mine()))
    thread.start()
    thread.join()
    assert connections.mine() is mine is not others[0]
    connections.close()
    assert mine.closed
    assert others[0].closed
    assert connections.mine() is not mine


def test_one_that_has_ended_is_made_anew() -> None:
    connections = ThreadConnections(Connection, lambda one: one.closed)
    mine = connections.mine()
    mine.close()
    assert connections.mine() is not mine


def test_another_may_stand_in_its_place_for_a_time() -> None:
    connections, other = ThreadConnections(Connection), Connection()
    mine = connections.mine()
    with connections.replaced(other):
        assert connections.mine() is other
    assert connections.mine() is mine
