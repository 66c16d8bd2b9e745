package lint

// Rules returns the rules by subject, each time in the same order.
func Rules() []Rule {
	return []Rule{
		// What a query measures.
		asCountGauge(), sumGauge(), runningTotal(), unknownTag(),
		// When it is evaluated, and without data.
		windowInterval(), evaluationDelay(), rollupWindow(), seriesEnds(), missingDataBelow(), groupedBelow(),
	}
}
