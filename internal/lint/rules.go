package lint

// Rules returns the rules by subject, each time in the same order.
func Rules() []Rule {
	return []Rule{
		// What a query measures.
		asCountGauge(), sumGauge(), runningTotal(), unknownTag(), arithmeticGroups(),
		// When it is evaluated, and what happens without data.
		windowInterval(), evaluationDelay(), rollupWindow(), fullWindowSparse(),
		seriesEnds(), missingDataBelow(), groupedBelow(), noDataTimeframe(),
		// Thresholds.
		thresholdImpossible(), recoveryUnreachable(),
		// Who is told what.
		noHandle(), handleNever(), handleBranch(), handleRecovery(), handleSyntax(),
		branchNever(), escalationUnused(), renotifyNever(), compositeValue(), singleBrace(), nameTemplate(),
		// The monitor as a thing to find.
		priorityMissing(), nameBlanks(), tagCase(), tagFormat(), metricAlert(), duplicateMonitor(), hardcodedID(),
		// Dashboards.
		variableUnused(), variableUndeclared(), variableIgnored(), queryUnused(), widgetUncovered(),
	}
}
