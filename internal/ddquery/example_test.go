package ddquery_test

import (
	"errors"
	"fmt"

	"ddmon/internal/ddquery"
)

func ExampleParseMonitor() {
	const query = "max(last_15):avg:system.load.1{*} > 5"
	_, err := ddquery.ParseMonitor("query alert", query)
	var e *ddquery.Error
	if errors.As(err, &e) {
		fmt.Println(query[e.Offset:e.End])
		fmt.Println(e)
	}
	// Output:
	// last_15
	// last_15 has no unit: write last_15m
}

func ExampleCheck() {
	critical := 10.0
	m := &ddquery.Monitor{
		Type:    "query alert",
		Query:   "avg(last_5m):avg:system.load.1{*} by {host} > 5",
		Message: "{{pod.name}} is slow",
		Options: ddquery.Options{Thresholds: ddquery.Thresholds{Critical: &critical}},
	}
	for _, p := range ddquery.Check(m) {
		fmt.Printf("%s %s %s: %s\n", p.Severity, p.Field, p.Code, p.Message)
	}
	// Output:
	// error query threshold_mismatch: the query alerts at 5, options.thresholds.critical is 10
	// warning message template_group: pod is not a group of the query, so this stays empty
}
