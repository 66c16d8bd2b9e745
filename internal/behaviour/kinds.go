package behaviour

// detectionKind compares two verdicts on the incident.
func detectionKind(before, after *Verdict) Kind {
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
	case before.Caught && recipientChanges(before, after) != "":
		return Different
	case !before.Caught && before.Exists && after.Exists && !samePhrase(before, after):
		return Different
	}
	return NoChange
}

// samePhrase reports whether two verdicts that miss the incident are described in the same words.
func samePhrase(before, after *Verdict) bool {
	return present.missed(before, reference{}) == present.missed(after, reference{})
}

func laterIf(later bool) Kind {
	if later {
		return Later
	}
	return Earlier
}

func differs(a, b float64) bool { return a-b > 0.001 || b-a > 0.001 }

func falseAlarmKind(before, after *Verdict) Kind {
	switch {
	case after.FalseAlarms > before.FalseAlarms:
		return NewFalseAlarms
	case after.FalseAlarms < before.FalseAlarms:
		return FewerFalseAlarms
	}
	return NoChange
}
