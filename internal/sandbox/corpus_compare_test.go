package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// masked are the values that cannot be the same: ids, times, people, states of monitors that have data. Their keys
// must still be there.
var masked = []string{"id", "org_id", "created", "created_at", "modified", "modified_at", "creator", "author_handle",
	"author_name", "overall_state", "overall_state_modified", "monitor_id", deletedKey}

// flagged are keys that only accounts with a feature switched on get; the sandbox has none of them.
var flagged = []string{"restricted", "run_as", "avalanche_window", "restriction_query"}

// newer are keys that answers have today and older recordings lack.
var newer = []string{"restriction_policy", "draft_status", "assets", deletedKey}

// emptyIn2025 is the key that a read without with_assets answered as [] in 2025, whatever the monitor had, and
// does not answer since 2026.
const emptyIn2025 = "assets"

// comparable returns an answer without what may differ. recorded is nil for the recording itself; for the
// sandbox's answer it is the recording, which decides which newer keys are asked for.
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

// theItem takes the one object out of the list that it is answered in.
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

// maskDashboard takes out what a dashboard's answer has of its own id and of widget ids that were not sent. Two
// keys depend on the account and its time: is_read_only (always false, gone since 12/2025) and an empty
// restricted_roles that only one of the two recorded organisations adds.
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

// searchShape keeps of a search what does not depend on the account's monitors.
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
