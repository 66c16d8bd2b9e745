package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// masked are the keys whose values always differ: ids, times, users, states of monitors that have data. The keys must
// still be present.
var masked = []string{"id", "org_id", "created", "created_at", "modified", "modified_at", "creator", "author_handle",
	"author_name", "overall_state", "overall_state_modified", "monitor_id", deletedKey}

// flagged are keys that only accounts with certain feature flags get. The sandbox has none of them.
var flagged = []string{"restricted", "run_as", "avalanche_window", "restriction_query"}

// newer are keys that responses have today and that older recordings lack.
var newer = []string{"restriction_policy", "draft_status", "assets", deletedKey}

// emptyIn2025 is the key that reads without with_assets always returned as [] in 2025. Since 2026 they omit it.
const emptyIn2025 = "assets"

// comparable returns a response without the parts that can differ. recorded is nil for the recording itself. For the
// sandbox's response it is the recording, which determines the newer keys to compare.
func comparable(t *testing.T, p pair, response, recorded json.RawMessage) any {
	t.Helper()
	v := decodeAny(t, orNull(response))
	if p.Status >= 400 {
		return v
	}
	if p.Op == "search" {
		return searchShape(v)
	}
	var like any
	if recorded != nil {
		like = decodeAny(t, orNull(recorded))
	}
	sent, _ := decodeAny(t, orNull(p.Request)).(object)
	dashboard := strings.HasPrefix(p.URL, "/api/v1/dashboard")
	if p.Op == "list-item" {
		v, like = theItem(v), theItem(like)
	}
	items, likes := listOf(v), listOf(like)
	for i, item := range items {
		var likeItem object
		if i < len(likes) {
			likeItem = likes[i]
		}
		if dashboard {
			maskDashboard(item, sent, p.Op)
		}
		maskKeys(item, likeItem, recorded != nil)
		if read := p.Op == "get" || strings.HasPrefix(p.Op, "list"); read && !strings.Contains(p.URL, "with_assets") {
			delete(item, emptyIn2025)
		}
	}
	if object, isObject := v.(object); isObject && object["dashboards"] != nil {
		slices.SortFunc(items, func(a, b map[string]any) int {
			return strings.Compare(stringField(a, "title"), stringField(b, "title"))
		})
		return items
	}
	return v
}

// theItem returns the only object of a list.
func theItem(v any) any {
	if items := listOf(v); len(items) == 1 {
		return items[0]
	}
	return v
}

func listOf(v any) []object {
	if o, isObject := v.(object); isObject {
		if o["dashboards"] != nil {
			return objects(o["dashboards"])
		}
		return []object{o}
	}
	return objects(v)
}

func maskKeys(o, like object, ours bool) {
	for _, key := range newer {
		if _, recorded := like[key]; ours && !recorded {
			delete(o, key)
		}
	}
	for _, key := range flagged {
		delete(o, key)
		if options, isObject := o["options"].(object); isObject {
			delete(options, key)
		}
	}
	for _, key := range masked {
		if _, present := o[key]; present {
			o[key] = "(masked)"
		}
	}
	for _, asset := range objects(o["assets"]) {
		if asset["monitor_id"] != nil {
			asset["monitor_id"] = "(masked)"
		}
	}
}

// maskDashboard masks the dashboard's id and the widget ids that were not sent. It removes two keys that depend on the
// account and the time of the recording: is_read_only (always false, removed in 12/2025) and an empty restricted_roles,
// which only one of the two recorded organizations adds.
func maskDashboard(d, sent object, op string) {
	if url := stringField(d, "url"); url != "" {
		d["url"] = strings.Replace(url, "/"+stringField(d, "id")+"/", "/(masked)/", 1)
	}
	if op == "create" || op == "update" {
		resolved := map[json.Number]int{}
		for i, widget := range objects(d["widgets"]) {
			resolved[widget["id"].(json.Number)] = i
		}
		for _, tab := range objects(d["tabs"]) {
			ids, _ := tab["widget_ids"].([]any)
			for i, id := range ids {
				ids[i] = resolved[id.(json.Number)]
			}
		}
		maskWidgets(objects(d["widgets"]), objects(sent["widgets"]))
	}
	if !strings.HasPrefix(op, "list") && d["is_read_only"] == false {
		delete(d, "is_read_only")
	}
	if roles, isList := d["restricted_roles"].([]any); isList && len(roles) == 0 {
		delete(d, "restricted_roles")
	}
}

func maskWidgets(got, sent []object) {
	for i, widget := range got {
		if i >= len(sent) {
			return
		}
		if sent[i]["id"] == nil && widget["id"] != nil {
			widget["id"] = "(assigned)"
		}
		definition, _ := widget["definition"].(object)
		original, _ := sent[i]["definition"].(object)
		maskWidgets(objects(definition["widgets"]), objects(original["widgets"]))
	}
}

// searchShape returns the parts of a search response that do not depend on the monitors of the account.
func searchShape(v any) any {
	o, _ := v.(object)
	counts, _ := o["counts"].(object)
	metadata, _ := o["metadata"].(object)
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.Sort(names)
	return []any{len(o), names, metadata["page"], metadata["per_page"], len(metadata)}
}
