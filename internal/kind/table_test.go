package kind

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
)

func smallTable(t testing.TB, text string) table {
	t.Helper()
	table := table{}
	if err := table.read(text); err != nil {
		t.Fatal(err)
	}
	table.finish()
	return table
}

func TestTableRead(t *testing.T) {
	types := smallTable(t, `# a comment
object Root
 kids []Root
 mode Mode required nullable default="one"
 free {}integer? readonly deprecated
 limit number default=2
 names Names
 in Root.in
enum Mode "one" "two words"
type Names []string
object Root.in
 a bool
object Root
 later any
`)
	root := types["Root"]
	if root.Name != "Root" || root.Shape != Object || len(root.Fields) != 7 {
		t.Fatalf("root %+v", root)
	}
	if kids := root.Fields["kids"].Type; kids.Shape != List || kids.Elem != root {
		t.Error("kids is not a list of the root")
	}
	mode := root.Fields["mode"]
	if !mode.Required || !mode.Nullable || mode.Default != nil {
		t.Errorf("mode %+v: a required field has no default", mode)
	}
	if diff := cmp.Diff([]string{"one", "two words"}, mode.Type.Enum); diff != "" {
		t.Error(diff)
	}
	free := root.Fields["free"]
	if !free.ReadOnly || !free.Deprecated || free.Type.Shape != Map || !free.Type.NullElem || free.Type.Elem.Shape != Integer {
		t.Errorf("free %+v", free)
	}
	if root.Fields["limit"].Default != number("2") {
		t.Errorf("limit's default is %#v", root.Fields["limit"].Default)
	}
	if names := root.Fields["names"].Type; names.Name != "Names" || names.Shape != List || names.Elem.Shape != String {
		t.Errorf("names %+v", names)
	}
	if in := root.Fields["in"].Type; in.Name != "" || in.Shape != Object {
		t.Errorf("an inline schema has the name %q", in.Name)
	}
}

func TestTableReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		" a string\n":                             "outside an object",
		"object A\n a string\n a string\n":        "duplicate field",
		"object A\n a string shiny\n":             `unknown flag "shiny"`,
		"object A\n a string default={\n":         "EOF",
		"thing A\n":                               `unknown keyword "thing"`,
		"enum A \"a\nobject B\n":                  "invalid syntax",
		"enum A \"a\"\nenum A \"b\"\n":            "duplicate type",
		"object A\nenum A \"a\"\n":                "duplicate type",
		"object A\ntype B A\n":                    "already has a name",
		"type A string\nobject A\n":               "duplicate type",
		"object A\n a string required optional\n": `unknown flag "optional"`,
	} {
		if err := (table{}).read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}

// TestOpenObject: fields that are not in the table have the type of "*".
func TestOpenObject(t *testing.T) {
	types := table{}
	if err := types.read("object Root\n a string required\n * []string\n"); err != nil {
		t.Fatal(err)
	}
	types.finish()
	root := types["Root"]
	if f := root.Field("b", nil); f == nil || f.Type.Shape != List {
		t.Errorf("another field is %+v", f)
	}
	got := summaries(Check(root, ddtest.Object(t, `{"a":"x","b":["y"],"c":7,"d":[{}]}`), CheckOptions{}))
	if diff := cmp.Diff([]string{"wrong_type c", "wrong_type d[0]"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
