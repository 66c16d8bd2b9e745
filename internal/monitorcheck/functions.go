package monitorcheck

import (
	"fmt"
	"strings"

	"ddmon/internal/ddquery"
)

// isSpaceAgg reports whether name is a space aggregation: avg, p95, p99.9.
func isSpaceAgg(name string) bool {
	switch name {
	case "avg", "sum", "min", "max", "count":
		return true
	}
	digits, ok := strings.CutPrefix(name, "p")
	return ok && digits != "" && strings.Trim(digits, "0123456789.") == ""
}

// argumentCount checks the number of arguments of a function or modifier. It is a warning, because no rejection is
// recorded and Datadog can have added an argument.
func (k *checker) argumentCount(n ddquery.Node, name string, count, required, optional int) {
	hint := "see https://docs.datadoghq.com/dashboards/functions/ for the arguments"
	switch most := required + optional; {
	case count >= required && count <= most:
		return
	case most == 0:
		k.at(n, "argument_count", SeverityWarning, name+" takes no arguments", "remove them")
	case optional > 0:
		k.at(n, "argument_count", SeverityWarning, fmt.Sprintf("%s takes %d to %d arguments, not %d", name, required, most, count), hint)
	case required == 1:
		k.at(n, "argument_count", SeverityWarning, fmt.Sprintf("%s takes 1 argument, not %d", name, count), hint)
	default:
		k.at(n, "argument_count", SeverityWarning, fmt.Sprintf("%s takes %d arguments, not %d", name, required, count), hint)
	}
}
