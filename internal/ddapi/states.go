package ddapi

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// MonitorGroup is the current status of a group of a monitor.
type MonitorGroup struct {
	// Name is the group's tags joined by commas; "*" without groups.
	Name, Status string
	// Changed is when the status last changed; zero if it never did, or Datadog does not say.
	Changed time.Time
}

// MonitorGroups returns the current statuses of the groups of the monitor with a marker. It returns an error if no
// monitor has it, or several.
func (c *Client) MonitorGroups(ctx context.Context, m object.Marker) ([]MonitorGroup, error) {
	k := kind.Named("monitor")
	filter := url.Values{k.Remote.List.TagFilter: {object.TagStack + m.Stack + "," + object.TagID + m.Slug}, "group_states": {"all"}}
	found, err := c.pages(ctx, k, filter, func(o map[string]any) (bool, error) {
		owner, err := ownershipOf(k, o, m.Stack, func(found object.Marker) bool { return claims(found, m) })
		return owner == owned, err
	}, newMemoryLimit(maxMatchWeight))
	switch {
	case err != nil:
		return nil, err
	case len(found) != 1:
		return nil, fmt.Errorf("found %d monitors with the marker of the stack, not 1: run `ddmon plan`", len(found))
	}
	groups, err := monitorGroups(found[0])
	if err != nil {
		return nil, c.listError(k, err)
	}
	return groups, nil
}

// monitorGroups reads the state of a monitor. A monitor without groups has only an overall state.
func monitorGroups(o map[string]any) ([]MonitorGroup, error) {
	state, err := optional[map[string]any](o, "state")
	if err != nil {
		return nil, err
	}
	groups, err := optional[map[string]any](state, "groups")
	if err != nil {
		return nil, err
	}
	var all []MonitorGroup
	for _, name := range object.SortedKeys(groups) {
		group, err := typed[map[string]any](groups[name], "a group")
		if err != nil {
			return nil, err
		}
		g := MonitorGroup{Name: name}
		if g.Status, err = member[string](group, "status"); err != nil {
			return nil, err
		}
		for _, key := range []string{"last_triggered_ts", "last_resolved_ts", "last_nodata_ts"} {
			if seconds, ok := float(group[key]); ok && seconds > float64(g.Changed.Unix()) {
				g.Changed = time.Unix(int64(seconds), 0)
			}
		}
		all = append(all, g)
	}
	if len(all) > 0 {
		return all, nil
	}
	g := MonitorGroup{Name: "*"}
	if g.Status, err = member[string](o, "overall_state"); err != nil {
		return nil, err
	}
	text, err := optional[string](o, "overall_state_modified")
	if err == nil && text != "" {
		g.Changed, err = time.Parse(time.RFC3339, text)
	}
	if err != nil {
		return nil, wrongShape(`"overall_state_modified" is not a time`)
	}
	return []MonitorGroup{g}, nil
}
