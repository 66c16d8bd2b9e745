package monitorcheck_test

import (
	"fmt"

	"ddmon/internal/monitor"
	"ddmon/internal/monitorcheck"
)

func ExampleCheck() {
	critical := 10.0
	m := &monitor.Monitor{
		Type:    "query alert",
		Query:   "avg(last_5m):avg:system.load.1{*} by {host} > 5",
		Message: "{{pod.name}} is slow",
		Options: monitor.Options{Thresholds: monitor.Thresholds{Critical: &critical}},
	}
	for _, p := range monitorcheck.Check(m) {
		fmt.Printf("%s %s %s: %s\n", p.Severity, p.Field, p.Code, p.Message)
	}
	// Output:
	// error query threshold_mismatch: the query alerts at 5, but options.thresholds.critical is 10
	// warning message template_group: the query does not group by pod, so this renders empty
}
