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
