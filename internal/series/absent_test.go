package series

import (
	"strings"
	"testing"
)

// TestAbsent: a recording declares what is absent. It cannot record the same.
func TestAbsent(t *testing.T) {
	recorded := header + "series \"m\" {\n type = \"gauge\"\n tags = [\"a:1\", \"b:2\"]\n values = \"1\"\n}\n"
	for _, test := range []struct{ text, want string }{
		{"absent \"other\" {\n reason = \"r\"\n}", ""},
		{"absent \"m\" {\n tags = [\"a:2\"]\n reason = \"r\"\n}", ""},
		{"absent \"logs\" {\n tags = [\"service:a\"]\n reason = \"r\"\n}", ""},
		{"absent \"m\" {\n reason = \"r\"\n}", "Absent series is recorded: The series at rec/recording.hcl:"},
		{"absent \"m\" {\n tags = [\"b:2\"]\n reason = \"r\"\n}", "Absent series is recorded"},
		{"absent \"m\" {\n tags = [\"B:2\"]\n reason = \"r\"\n}", "Absent series is recorded"},
		{"series \"m\" {\n type = \"gauge\"\n interval = \"15s\"\n tags = [\"a:3\", \"b:2\"]\n values = \"1\"\n}\nabsent \"m\" {\n tags = [\"b:2\"]\n reason = \"r\"\n}", "Absent series is recorded"},
		{"absent \"other\" {\n}", "reason"},
		{"absent \"o t\" {\n reason = \"r\"\n}", "Invalid metric name"},
	} {
		r, found := load(recorded+test.text+"\n", nil)
		if test.want == "" && (r == nil || len(r.Absent) != 1 || r.Absent[0].Reason != "r") || test.want != "" && (len(found) != 1 || !strings.Contains(found[0], test.want)) {
			t.Errorf("%s: got %q, want %q", test.text, found, test.want)
		}
	}
	r, _ := load(recorded+"absent \"x\" {\n tags = [\"a:1\"]\n reason = \"r\"\n}\n", nil)
	for _, test := range []struct {
		name string
		tags []string
		want bool
	}{
		{"x", []string{"A:1", "b:2"}, true}, {"x", []string{"a:2"}, false}, {"x", nil, false}, {"m", []string{"a:1"}, false},
	} {
		if got := r.DeclaresAbsent(test.name, test.tags); got != test.want {
			t.Errorf("%s %v is absent: %v", test.name, test.tags, got)
		}
	}
}
