package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// compositeReferences returns Datadog's error message about the composites that refer to a monitor, or "".
func compositeReferences(t tx, id int64, m object) (string, error) {
	composites, err := lookupIDs(t, memberBucket, monitorKey(id))
	if err != nil {
		return "", err
	}
	var by []string
	for _, composite := range composites {
		c, err := storedMonitor(t, composite)
		if err != nil {
			return "", err
		}
		if c != nil {
			by = append(by, fmt.Sprintf("[%d,%s]", composite, stringField(c, "name")))
		}
	}
	if len(by) == 0 {
		return "", nil
	}
	return fmt.Sprintf("monitor [%d,%s] is referenced in composite monitors: %s",
		id, stringField(m, "name"), strings.Join(by, ", ")), nil
}

// canDeleteMonitors reports which of several monitors can be deleted, because no composite refers to them.
func (ac *account) canDeleteMonitors(r *http.Request) *response {
	ids := r.URL.Query().Get("monitor_ids")
	if ids == "" {
		return badRequest("monitor_ids are required")
	}
	deletable, blocked := []any{}, object{}
	var result *response
	err := ac.store.view(func(t tx) error {
		for word := range strings.SplitSeq(ids, ",") {
			id, err := strconv.ParseInt(strings.TrimSpace(word), 10, 64)
			if err != nil {
				result = badRequest("Some monitor IDs are invalid")
				return nil
			}
			m, err := storedMonitor(t, id)
			if err != nil {
				return err
			}
			if m == nil {
				result = badRequest("Some monitor IDs are invalid")
				return nil
			}
			problem, err := compositeReferences(t, id, m)
			if err != nil {
				return err
			}
			if problem == "" {
				deletable = append(deletable, json.Number(monitorKey(id)))
			} else {
				blocked[monitorKey(id)] = []any{problem}
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	case result != nil:
		return result
	case len(blocked) > 0:
		return &response{http.StatusConflict, encode(object{"data": object{"ok": deletable}, "errors": blocked})}
	}
	return ok(object{"data": object{"ok": deletable}, "errors": nil})
}
