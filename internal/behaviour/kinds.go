package behaviour

// detectionKind compares two verdicts on the incident.
func detectionKind(before, after *Verdict) Kind {
	switch {
	case before.Detected && !after.Detected:
		return NoLongerDetected
	case !before.Detected && after.Detected:
		return NewlyDetected
	case before.Detected && before.certain() != after.certain():
		return laterIf(before.certain())
	case before.Detected && !before.certain() && differs(before.Share, after.Share):
		return laterIf(before.Share > after.Share)
	case before.Detected && before.Latest != after.Latest:
		return laterIf(before.Latest < after.Latest)
	case before.Detected && recipientChanges(before, after) != "":
		return Different
	case !before.Detected && before.Exists && after.Exists && !samePhrase(before, after):
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
