package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// referenced says which composites refer to a monitor, or "" if none does.
func referenced(t tx, id int64, m object) (string, error) {
	composites, err := idsAt(t, memberBucket, monitorKey(id))
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
			by = append(by, fmt.Sprintf("[%d,%s]", composite, text(c, "name")))
		}
	}
	if len(by) == 0 {
		return "", nil
	}
	return fmt.Sprintf("monitor [%d,%s] is referenced in composite monitors: %s",
		id, text(m, "name"), strings.Join(by, ", ")), nil
}

// canDeleteMonitors answers for several monitors at once which of them nothing refers to.
func (ac *account) canDeleteMonitors(r *http.Request) *answer {
	asked := r.URL.Query().Get("monitor_ids")
	if asked == "" {
		return badRequest("monitor_ids are required")
	}
	free, held := []any{}, object{}
	var result *answer
	err := ac.store.view(func(t tx) error {
		for word := range strings.SplitSeq(asked, ",") {
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
			refusal, err := referenced(t, id, m)
			if err != nil {
				return err
			}
			if refusal == "" {
				free = append(free, json.Number(monitorKey(id)))
			} else {
				held[monitorKey(id)] = []any{refusal}
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return refuse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	case result != nil:
		return result
	case len(held) > 0:
		return &answer{http.StatusConflict, encode(object{"data": object{"ok": free}, "errors": held})}
	}
	return ok(object{"data": object{"ok": free}, "errors": nil})
}
