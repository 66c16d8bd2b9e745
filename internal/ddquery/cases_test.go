package ddquery

type accept struct{ query, shape string }
var monitorCases []accept
var metricCases []accept
var searchCases []accept
var templateCases []struct{ message string }
var monitorErrors []accept
