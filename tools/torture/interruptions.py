"""Runs that are ended, torn or refused in the middle: at random moments, and at each call that writes."""

from __future__ import annotations

from layer import LayerFault
from scene import Scene, Trials
from state import faults_after
from trial import Trial, run_trial

_DAYS = (-20 * 365, -400, -1, 1, 400)  # by which a clock is wrong


def killed_at_random(scene: Scene) -> Trials:
    """Kill runs at random moments, every other one of them with two workers."""
    with_workers = [reference for reference in scene.references if "--jobs" in reference.words]
    while True:
        reference = scene.chance.choice(with_workers if scene.chance.random() < 0.5 else scene.in_process())
        instance = scene.copy_of(reference.base)
        seconds = scene.chance.uniform(0, 8 if reference in with_workers else 0.6)
        outcome = run_trial(Trial(instance, reference.words, kill_after=seconds))
        before = reference.after if outcome.code == 0 else reference.before
        wrong = faults_after(instance, reference.words, before, reference.after)
        yield f"{reference.step.name}, after {seconds:.2f} s", wrong


def killed_at_calls(scene: Scene) -> Trials:
    """Kill runs before each call that writes."""
    for reference, at in scene.calls():
        instance = scene.copy_of(reference.base)
        run_trial(Trial(instance, reference.words, LayerFault.KILL, at))
        wrong = faults_after(instance, reference.words, reference.before, reference.after)
        yield f"{reference.step.name}, before call {at} of {reference.calls}", wrong


def torn_at_calls(scene: Scene) -> Trials:
    """Kill runs when half of a write is done."""
    for reference, at in scene.calls():
        instance = scene.copy_of(reference.base)
        run_trial(Trial(instance, reference.words, LayerFault.TEAR, at))
        wrong = faults_after(instance, reference.words, reference.before, reference.after)
        yield f"{reference.step.name}, in call {at} of {reference.calls}", wrong


def disk_full(scene: Scene) -> Trials:
    """Let the disk be full from one of the calls on: one sentence, and all goes on once there is room."""
    yield from _refused(scene, LayerFault.FULL)


def disk_broken(scene: Scene) -> Trials:
    """Let one call be refused by a disk that cannot write."""
    yield from _refused(scene, LayerFault.BROKEN)


def _refused(scene: Scene, fault: LayerFault) -> Trials:
    for reference, at in scene.calls():
        instance = scene.copy_of(reference.base)
        outcome = run_trial(Trial(instance, reference.words, fault, at))
        wrong = [said] if (said := outcome.fault()) else []
        # What was said to be done has to be there.
        before = reference.after if outcome.code == 0 else reference.before
        wrong += faults_after(instance, reference.words, before, reference.after)
        yield f"{reference.step.name}, at call {at} of {reference.calls}", wrong


def clock_wrong(scene: Scene) -> Trials:
    """Run every step with a clock that went back, or ahead."""
    while True:
        for reference in scene.in_process():
            days = scene.chance.choice(_DAYS)
            instance = scene.copy_of(reference.base)
            outcome = run_trial(Trial(instance, reference.words, clock=days * 86_400))
            wrong = [said] if (said := outcome.fault()) else []
            if outcome.code != 0:
                wrong.append(f"it does not do it: {outcome.stderr.strip()[:300]}")
            wrong += faults_after(instance, reference.words, reference.after, reference.after)
            yield f"{reference.step.name}, {days} days", wrong
