package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
)

// checkSLO returns Datadog's error message if it rejects an SLO, or "". It does not check time slices and thresholds,
// because no recording shows the errors for invalid ones.
func checkSLO(t tx, kind string, sent object) string {
	switch {
	case stringField(sent, "name") == "":
		return "Invalid payload: Minimum length of parameter 'name' should be 1"
	case kind == "monitor":
		return checkSLOMonitors(t, sent["monitor_ids"])
	case kind == "metric" && !hasMetricQuery(sent):
		return "Invalid payload: must specify the query for count types"
	}
	return ""
}

func hasMetricQuery(sent object) bool {
	specification, _ := sent["sli_specification"].(object)
	return sent["query"] != nil || specification["count"] != nil
}

// checkSLOMonitors rejects monitors that do not exist. No recording shows which monitor types are supported.
func checkSLOMonitors(t tx, ids any) string {
	list, _ := ids.([]any)
	if len(list) == 0 {
		return "Invalid payload: must specify monitor_ids"
	}
	var missing []string
	for _, v := range list {
		id, isNumber := v.(json.Number)
		if !isNumber || t.get(monitorBucket, id.String()) == nil {
			missing = append(missing, fmt.Sprint(v))
		}
	}
	if len(missing) > 0 {
		return "Invalid payload: invalid monitor ids: " + strings.Join(missing, ", ") + ", monitors not found or not supported SLO"
	}
	return ""
}
