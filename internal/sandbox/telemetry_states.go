package sandbox

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// playsMonitors reports whether monitors have states other than No Data.
func (ac *account) playsMonitors() bool { return ac.telemetry != Telemetry(noTelemetry{}) }

// withStates sets the current states of monitors, and those of their groups if groups is not empty: all, or a list of
// statuses. Monitors whose state cannot be computed keep No Data.
func (ac *account) withStates(ctx context.Context, shown []object, groups string) {
	if !ac.playsMonitors() {
		return
	}
	all := ac.index.allMonitors()
	states, err := ac.telemetry.States(ctx, all, ac.now().UnixMilli())
	if err != nil {
		return
	}
	byID := map[string]State{}
	for i, m := range all {
		byID[textOf(m["id"])] = states[i]
	}
	for _, m := range shown {
		state, known := byID[textOf(m["id"])]
		if !known {
			continue
		}
		m["overall_state"] = state.Status
		if state.Since > 0 {
			m["overall_state_modified"] = timestamp(time.UnixMilli(state.Since))
		}
		if groups != "" {
			m["state"] = object{"groups": groupStates(state.Groups, groups)}
		}
	}
}

// groupStates returns the groups with one of the statuses in a list.
func groupStates(all []GroupState, list string) object {
	wanted := splitList(strings.ToLower(list))
	groups := object{}
	for _, g := range all {
		if slices.Contains(wanted, "all") || slices.Contains(wanted, strings.ToLower(g.Status)) {
			groups[g.Name] = object{
				"name": g.Name, "status": g.Status, "last_triggered_ts": seconds(g.Triggered), "last_resolved_ts": seconds(g.Resolved),
				"last_nodata_ts": seconds(g.NoData), "last_notified_ts": seconds(max(g.Triggered, g.Resolved, g.NoData)),
			}
		}
	}
	return groups
}

// seconds returns a time in Unix seconds, or null for never.
func seconds(ms int64) any {
	if ms == 0 {
		return nil
	}
	return ms / 1000
}

// allMonitors returns all monitors, in the order of their ids.
func (x *index) allMonitors() []map[string]any {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var all []map[string]any
	for _, id := range x.monitorIDs {
		m, err := decodeObject(x.monitors[id].body)
		if err != nil {
			m = object{"id": json.Number(strconv.FormatInt(id, 10))}
		}
		all = append(all, m)
	}
	return all
}

// listWithStates returns a list of monitors with their states.
func (ac *account) listWithStates(ctx context.Context, list []byte, groups string) *response {
	if !ac.playsMonitors() {
		return okRaw(list)
	}
	wrapped, err := decodeObject(slices.Concat([]byte(`{"items":`), list, []byte("}")))
	if err != nil {
		return okRaw(list)
	}
	shown := objects(wrapped["items"])
	ac.withStates(ctx, shown, groups)
	return ok(append([]object{}, shown...))
}
