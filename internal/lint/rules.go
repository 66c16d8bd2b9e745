package lint

// Rules returns all rules, grouped by subject.
func Rules() []Rule {
	return []Rule{
		// Metric queries.
		asCountGauge(), sumGauge(), runningTotal(), metricMisspelled(), unknownTag(), arithmeticGroups(),
		// Evaluation and missing data.
		windowInterval(), evaluationDelay(), rollupWindow(), fullWindowSparse(),
		seriesEnds(), missingDataBelow(), groupedBelow(), noDataTimeframe(),
		// Thresholds.
		thresholdImpossible(), recoveryUnreachable(), messageThreshold(),
		// Notifications.
		noHandle(), handleNever(), handleBranch(), handleRecovery(), handleSyntax(),
		branchNever(), escalationUnused(), renotifyNever(), compositeValue(), singleBrace(), nameTemplate(),
		// Names, tags and references.
		priorityMissing(), nameBlanks(), tagCase(), tagFormat(), metricAlert(), duplicateMonitor(), hardcodedID(),
		// Dashboards.
		variableUnused(), variableUndeclared(), variableIgnored(), queryUnused(), widgetUncovered(),
		// Guides.
		absenceWithoutControl(),
	}
}
