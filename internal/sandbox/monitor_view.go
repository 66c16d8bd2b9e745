package sandbox

import (
	"maps"
	"slices"
	"strings"
)

// The responses to a create, an update, a get and a list have different keys for the same monitor.

func updatedMonitor(m object) object {
	return without(m, "creator")
}

// listedMonitor is an item of a list.
func listedMonitor(m object) object {
	v := without(m, "restriction_policy", "assets")
	v["matching_downtimes"] = []any{}
	return v
}

// monitorView holds what the response to a get includes.
type monitorView struct{ assets, downtimes, roles, groups bool }

func (o monitorView) of(m object) object {
	v := without(m, "restriction_policy", "assets")
	if o.assets {
		v["assets"] = shownAssets(m["assets"])
	}
	if o.downtimes {
		v["matching_downtimes"] = []any{}
	}
	if !o.roles {
		delete(v, "restricted_roles")
	}
	if o.groups {
		v["state"] = object{"groups": object{}}
	}
	return v
}

func shownAssets(stored any) []any {
	list, _ := stored.([]any)
	out := make([]any, 0, len(list))
	for _, v := range list {
		if asset, isObject := v.(object); isObject {
			v = without(asset, "monitor_id")
		}
		out = append(out, v)
	}
	return out
}

func without(m object, keys ...string) object {
	v := maps.Clone(m)
	for _, key := range keys {
		delete(v, key)
	}
	return v
}

func newMonitorEntry(id int64, stored []byte) (*monitorEntry, error) {
	m, err := decodeObject(stored)
	if err != nil {
		return nil, err
	}
	return &monitorEntry{
		id:     id,
		body:   slices.Clone(stored),
		name:   strings.ToLower(stringField(m, "name")),
		tags:   stringList(m["tags"]),
		scopes: queryScopes(stringField(m, "query")),
		item:   encode(listedMonitor(m)),
	}, nil
}
