package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// invalidTag is a dashboard shipped with an integration that has a tag Datadog's API rejects.
const invalidTag = "shipped/dashboards/external_secrets--external_secrets_overview.json"

// TestCorpusValidates: Validate reports no errors for bodies that Datadog accepted.
func TestCorpusValidates(t *testing.T) {
	counts, warnings := map[string]int{}, map[string]int{}
	for i, r := range corpus(t) {
		counts[r.from+" "+r.kind]++
		o := newObject(object.Address{Kind: r.kind, Name: fmt.Sprintf("o%d", i)}, r.body)
		for _, d := range Validate(inputOf([]*object.Object{o})) {
			if diag.Code(d) == "missing_by" && r.from == "api/history" {
				continue // recorded before 2022, when Datadog still accepted a service check without groups
			}
			if d.Severity == hcl.DiagError && (diag.Code(d) != "dashboard_tag" || r.file != invalidTag) {
				t.Errorf("%s: %s at %s: %s", r.file, diag.Code(d), d.Subject, d.Detail)
				continue
			}
			warnings[diag.Code(d)]++
		}
	}
	t.Logf("bodies %v", counts)
	t.Logf("warnings %v", warnings)
}

// TestCorpusLint logs the number of findings of each rule, to judge its noise. Each body is a separate stack.
func TestCorpusLint(t *testing.T) {
	counts, files := map[string]int{}, map[string]string{}
	bodies := 0
	for i, r := range corpus(t) {
		if strings.HasPrefix(r.from, "api/history") {
			continue
		}
		bodies++
		o := newObject(object.Address{Kind: r.kind, Name: fmt.Sprintf("o%d", i)}, r.body)
		for _, d := range Lint(inputOf([]*object.Object{o})) {
			code := r.from + " " + diag.Code(d)
			counts[code]++
			files[code] = r.file + ": " + d.Detail
		}
	}
	t.Logf("%d bodies", bodies)
	for _, code := range object.SortedKeys(counts) {
		t.Logf("%4d %s, for example %s", counts[code], code, files[code])
	}
}
