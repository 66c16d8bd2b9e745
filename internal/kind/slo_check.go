package kind

import (
	"fmt"

	"ddmon/internal/object"
)

// checkSLO reports SLOs that Datadog rejects although each field by itself is valid (FINDINGS-2 section 3; the API
// reference on thresholds).
func checkSLO(body map[string]any) []Problem {
	return append(checkSLOType(body), checkSLOThresholds(body)...)
}

// checkSLOType checks the fields that the type requires.
func checkSLOType(body map[string]any) []Problem {
	specification, _ := body["sli_specification"].(map[string]any)
	if len(specification) > 0 && specification["count"] == nil && specification["time_slice"] == nil {
		return nil // newer than the tables; in HCL, Check reports it
	}
	switch body["type"] {
	case "metric":
		if body["query"] == nil && specification["count"] == nil {
			return []Problem{missingSLOField("query", "A metric SLO needs a query with numerator and denominator, or sli_specification.count.")}
		}
	case "monitor":
		if ids, isList := body["monitor_ids"].([]any); body["monitor_ids"] == nil || isList && len(ids) == 0 {
			return []Problem{missingSLOField("monitor_ids", "A monitor SLO needs monitor_ids, such as [monitor.NAME.id].")}
		}
	case "time_slice":
		if specification["time_slice"] == nil {
			return []Problem{missingSLOField("sli_specification", "A time slice SLO needs sli_specification.time_slice.")}
		}
	}
	return nil
}

func missingSLOField(field, detail string) Problem {
	return Problem{Path: object.Path{field}, Code: CodeMissingField, Severity: Error, Summary: "Missing required field", Detail: detail}
}

func checkSLOThresholds(body map[string]any) []Problem {
	var problems []Problem
	invalid := func(p object.Path, format string, args ...any) {
		problems = append(problems, Problem{
			Path: p, Code: CodeInvalidValue, Severity: Error, Summary: "Invalid SLO threshold", Detail: fmt.Sprintf(format, args...),
		})
	}
	thresholds, isList := body["thresholds"].([]any)
	if isList && len(thresholds) == 0 {
		invalid(object.Path{"thresholds"}, "An SLO needs at least one threshold with a timeframe and a target.")
	}
	first := map[any]int{}
	for i, t := range thresholds {
		threshold, _ := t.(map[string]any)
		at := object.Path{"thresholds", i}
		if frame, ok := threshold["timeframe"].(string); ok {
			if before, twice := first[frame]; twice {
				invalid(at.With("timeframe"), "thresholds[%d] already has the timeframe %q. Write one threshold for each timeframe.", before, frame)
			} else {
				first[frame] = i
			}
		}
		target, hasTarget := object.Float(threshold["target"])
		warning, hasWarning := object.Float(threshold["warning"])
		switch {
		case hasTarget && (target <= 0 || target > 100):
			invalid(at.With("target"), "The target is a percentage. Write a number above 0 and up to 100.")
		case hasTarget && hasWarning && warning <= target:
			invalid(at.With("warning"), "The warning %v must be above the target %v.", warning, target)
		case hasWarning && warning > 100:
			invalid(at.With("warning"), "The warning is a percentage. Write a number up to 100.")
		}
	}
	return problems
}
