package kind

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// TestReviewedFacts compares what the tables say about Datadog's fields with the reviewed list. Each line is one decision: a wrong
// default hides a change, and a wrong flag sends what Datadog rejects or deletes what users set.
func TestReviewedFacts(t *testing.T) {
	var lines []string
	for _, k := range All() {
		p := k.Remote.List.Paging
		lines = append(lines, fmt.Sprintf("%s: updates merge %t, rejects unknown %t, lists %d", k.Name, k.UpdateMerges, k.RejectsUnknown, p.Most))
		lines = append(lines, factLines(k.Name, k.Body, map[*Type]bool{})...)
	}
	ddtest.Golden(t, "testdata/facts.txt", strings.Join(lines, "\n")+"\n")
}

// factLines lists the fields in and below a type that have a default or a flag, each type once.
func factLines(at string, typ *Type, seen map[*Type]bool) []string {
	if typ == nil || seen[typ] {
		return nil
	}
	seen[typ] = true
	if typ.Name != "" {
		at = typ.Name
	}
	var lines []string
	for _, name := range object.SortedKeys(typ.Fields) {
		f := typ.Fields[name]
		if said := flagsOf(f); said != "" {
			lines = append(lines, "  "+at+"."+name+said)
		}
		lines = append(lines, factLines(at+"."+name, f.Type, seen)...)
	}
	lines = append(lines, factLines(at+"[]", typ.Elem, seen)...)
	for _, v := range typ.Variants {
		lines = append(lines, factLines(at, v, seen)...)
	}
	return lines
}

func flagsOf(f *Field) string {
	said := ""
	if f.Default != nil {
		said += fmt.Sprintf(" = %v", f.Default)
	}
	flags := map[string]bool{
		"nullable": f.Nullable, "read-only": f.ReadOnly, "volatile": f.Volatile,
		"unmanaged": f.Unmanaged, "force-new": f.ForceNew, "trim": f.Trim, "set": f.Set, "query": f.Query, "numeric": f.Numeric,
		"derived": f.Derived, "lower": f.Lower, "instant": f.Instant, "write-only": f.WriteOnly, "generated": f.Generated, "strict": f.Strict,
	}
	names := object.SortedKeys(flags)
	for _, name := range slices.DeleteFunc(names, func(name string) bool { return !flags[name] }) {
		said += ", " + name
	}
	if f.ReadWith != "" {
		said += ", read with " + f.ReadWith
	}
	if f.Ref != "" {
		said += ", id of a " + f.Ref
	}
	return said
}
