package monitorcheck

import "strings"

// isSpaceAgg reports whether name is a space aggregation: avg, p95, p99.9.
func isSpaceAgg(name string) bool {
	switch name {
	case "avg", "sum", "min", "max", "count":
		return true
	}
	digits, ok := strings.CutPrefix(name, "p")
	return ok && digits != "" && strings.Trim(digits, "0123456789.") == ""
}
