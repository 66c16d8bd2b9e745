package behaviour

// caughtKind compares how two verdicts do with the incident.
func caughtKind(before, after *Verdict) Kind {
	switch {
	case before.Caught && !after.Caught:
		return NoLongerCaught
	case !before.Caught && after.Caught:
		return NewlyCaught
	case before.Caught && before.certain() != after.certain():
		return laterIf(before.certain())
	case before.Caught && !before.certain() && differs(before.Share, after.Share):
		return laterIf(before.Share > after.Share)
	case before.Caught && before.Latest != after.Latest:
		return laterIf(before.Latest < after.Latest)
	case before.Caught && who(before, after) != "":
		return Different
	case !before.Caught && before.Exists && after.Exists && !missedAlike(before, after):
		return Different
	}
	return NoChange
}

// missedAlike reports whether there is nothing to say of the one that is not true of the other.
func missedAlike(before, after *Verdict) bool {
	return present.missed(before, place{}) == present.missed(after, place{})
}

func laterIf(later bool) Kind {
	if later {
		return Later
	}
	return Earlier
}

func differs(a, b float64) bool { return a-b > 0.001 || b-a > 0.001 }

func alarmKind(before, after *Verdict) Kind {
	switch {
	case after.FalseAlarms > before.FalseAlarms:
		return NewFalseAlarms
	case after.FalseAlarms < before.FalseAlarms:
		return FewerFalseAlarms
	}
	return NoChange
}
