package lang

import (
	"slices"
	"strings"
	"testing"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// functionCases has at least one call of every function that works.
var functionCases = []struct{ call, want string }{
	{`abs(-2)`, `2`}, {`ceil(1.2)`, `2`}, {`floor(1.8)`, `1`}, {`log(8, 2)`, `3`}, {`max(1, 3, 2)`, `3`}, {`min(3, 1)`, `1`},
	{`parseint("ff", 16)`, `255`}, {`pow(2, 10)`, `1024`}, {`signum(-5)`, `-1`}, {`sum([1, 2.5])`, `3.5`}, {`sum(toset([1, "2"]))`, `3`},

	{`chomp("a\n")`, `"a"`}, {`endswith("abc", "bc")`, `true`}, {`format("%s-%02d", "a", 5)`, `"a-05"`},
	{`formatlist("%s!", ["a", "b"])`, `["a!","b!"]`}, {`indent(2, "a\nb")`, `"a\n  b"`}, {`join("-", ["a", "b"])`, `"a-b"`},
	{`lower("AB")`, `"ab"`}, {`regex("[0-9]+", "a12b")`, `"12"`}, {`regexall("[0-9]", "1a2")`, `["1","2"]`},
	{`replace("a.b", ".", "-")`, `"a-b"`}, {`replace("a1b2", "/[0-9]/", "x")`, `"axbx"`}, {`split(",", "a,b")`, `["a","b"]`},
	{`startswith("abc", "ab")`, `true`}, {`strcontains("abc", "x")`, `false`}, {`strrev("abc")`, `"cba"`}, {`substr("hello", 1, 3)`, `"ell"`},
	{`title("ab cd")`, `"Ab Cd"`}, {`trim("xax", "x")`, `"a"`}, {`trimprefix("ab", "a")`, `"b"`}, {`trimspace(" a ")`, `"a"`},
	{`trimsuffix("ab", "b")`, `"a"`}, {`upper("a")`, `"A"`},

	{`alltrue([])`, `true`}, {`alltrue([true, false])`, `false`}, {`anytrue([false, true])`, `true`}, {`anytrue([])`, `false`},
	{`chunklist(["a", "b", "c"], 2)`, `[["a","b"],["c"]]`}, {`coalesce(null, "a")`, `"a"`}, {`coalescelist([], ["a"])`, `["a"]`},
	{`compact(["a", "", null])`, `["a"]`}, {`concat(["a"], ["b"])`, `["a","b"]`}, {`contains(["a"], "a")`, `true`},
	{`distinct(["a", "a"])`, `["a"]`}, {`element(["a", "b"], 3)`, `"b"`}, {`flatten([["a"], [["b"]]])`, `["a","b"]`},
	{`index(["a", "b"], "b")`, `1`}, {`keys({ b = 1, a = 2 })`, `["a","b"]`}, {`length("äb")`, `2`}, {`length({ a = 1 })`, `1`},
	{`length([1, 2])`, `2`}, {`lookup({ a = 1 }, "a")`, `1`}, {`lookup({ a = 1 }, "b", "no")`, `"no"`}, {`lookup(tomap({ a = 1 }), "b", 2)`, `2`},
	{`matchkeys(["x", "y"], ["a", "b"], ["b"])`, `["y"]`}, {`matchkeys(["x"], ["a"], [])`, `[]`}, {`merge({ a = 1 }, { a = 2, b = 3 })`, `{"a":2,"b":3}`},
	{`one([])`, `null`}, {`one(["a"])`, `"a"`}, {`one(toset(["a"]))`, `"a"`}, {`range(3)`, `[0,1,2]`}, {`reverse([1, 2])`, `[2,1]`},
	{`setintersection(["a", "b"], ["b"])`, `["b"]`}, {`setproduct(["a"], ["b", "c"])`, `[["a","b"],["a","c"]]`},
	{`setsubtract(["a", "b"], ["b"])`, `["a"]`}, {`setunion(["a"], ["b"])`, `["a","b"]`}, {`slice(["a", "b", "c"], 1, 2)`, `["b"]`},
	{`sort(["b", "a"])`, `["a","b"]`}, {`transpose({ a = ["x", "y"], b = ["y"] })`, `{"x":["a"],"y":["a","b"]}`}, {`transpose({})`, `{}`},
	{`values({ b = 1, a = 2 })`, `[2,1]`}, {`zipmap(["a"], [1])`, `{"a":1}`},

	{`tobool("true")`, `true`}, {`tolist(toset(["b", "a"]))`, `["a","b"]`}, {`tomap({ a = 1, b = "x" })`, `{"a":"1","b":"x"}`},
	{`tonumber("5")`, `5`}, {`toset(["b", "a", "b"])`, `["a","b"]`}, {`tostring(5)`, `"5"`},

	{`base64encode("ä")`, `"w6Q="`}, {`base64decode("w6Q=")`, `"ä"`}, {`csvdecode("a,b\n1,2")[0].b`, `"2"`},
	{`jsondecode("{\"a\": [1, null]}")`, `{"a":[1,null]}`}, {`jsonencode({ a = "<" })`, `"{\"a\":\"\\u003c\"}"`},
	{`md5("a")`, `"0cc175b9c0f1b6a831c399e269772661"`}, {`sha1("a")`, `"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"`},
	{`sha256("a")`, `"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"`}, {`substr(sha512("a"), 0, 8)`, `"1f40fc92"`},
	{`urlencode("a b&c")`, `"a+b%26c"`}, {`uuidv5("dns", "example.com")`, `"cfbff0d1-9375-5685-968c-48ce8b15ae17"`},
	{`uuidv5(uuidv5("url", "a"), "b") == uuidv5("oid", "b")`, `false`}, {`length(uuidv5("x500", "b"))`, `36`},
	{`yamldecode("a: [1, x]")`, `{"a":[1,"x"]}`}, {`yamlencode({ a = 1 })`, `"\"a\": 1\n"`},
	{`formatdate("YYYY-MM-DD", "2020-03-04T00:00:00Z")`, `"2020-03-04"`}, {`timeadd("2020-03-04T00:00:00Z", "1h")`, `"2020-03-04T01:00:00Z"`},
	{`basename("a/b.txt")`, `"b.txt"`}, {`dirname("a/b.txt")`, `"a"`},

	{`file("data/a.txt")`, `"text a"`}, {`filebase64("data/raw")`, `"/w=="`}, {`fileexists("data/a.txt")`, `true`}, {`fileexists("data")`, `false`},
	{`fileset(".", "data/**/*.txt")`, `["data/a.txt","data/sub/b.txt"]`}, {`fileset("data", "*.none")`, `[]`},
	{`templatefile("data/t.tftpl", { names = ["x", "y"] })`, `"X,Y,text a"`},
	{`try(jsondecode("{"), "no")`, `"no"`}, {`can(jsondecode("{"))`, `false`}, {`nonsensitive(sensitive("a"))`, `"a"`},
}

var functionFiles = map[string]string{
	"data/a.txt": "text a", "data/sub/b.txt": "b", "data/raw": "\xff", "data/t.tftpl": "%{ for n in names }${upper(n)},%{ endfor }${file(\"data/a.txt\")}",
	"data/loop.tftpl": "${templatefile(\"data/loop.tftpl\", {})}", "data/bad.tftpl": "a\n${nothing}", "data/broken.tftpl": "${",
}

func TestFunctions(t *testing.T) {
	folder := folderOf(t, functionFiles)
	for _, c := range functionCases {
		value, diags := evaluateIn(t, newTestScope(folder), "jsonencode("+c.call+")")
		if len(diags) > 0 {
			t.Errorf("%s: %s", c.call, describe(diags))
		} else if got := value.AsString(); got != c.want {
			t.Errorf("%s: want %s, got %v", c.call, c.want, got)
		}
	}
}

// TestEveryFunction checks that each function is called in the cases above or unsupported.
func TestEveryFunction(t *testing.T) {
	for name := range testLibrary().functions(nil) {
		called := slices.ContainsFunc(functionCases, func(c struct{ call, want string }) bool { return strings.Contains(c.call, name+"(") })
		if called {
			continue
		}
		if _, diags := evaluateIn(t, newTestScope(nil), name+"()"); !strings.Contains(describe(diags), "unsupported_function") {
			t.Errorf("%s is not tested:\n%s", name, describe(diags))
		}
	}
}

// TestFunctionErrors checks the errors of invalid calls.
func TestFunctionErrors(t *testing.T) {
	folder := folderOf(t, functionFiles)
	for _, c := range []struct{ call, code, says string }{
		{`sum([])`, "hcl", "must not be empty"}, {`sum(["x"])`, "hcl", "numbers"}, {`sum("x")`, "hcl", "list"},
		{`length(5)`, "hcl", "collection"}, {`lookup({}, "k")`, "hcl", `"k"`}, {`lookup([], "k")`, "hcl", "map"}, {`lookup({}, "k", 1, 2)`, "hcl", "too many arguments"},
		{`index(["a"], "b")`, "hcl", "does not contain this value"}, {`index("a", "b")`, "hcl", "list"}, {`one([1, 2])`, "hcl", "at most one"}, {`one(toset(["a", "b"]))`, "hcl", "more than one"},
		{`matchkeys(["a"], [], [])`, "hcl", "as many"}, {`transpose({ a = [null] })`, "hcl", "null"}, {`transpose({ a = null })`, "hcl", "null"},
		{`base64decode("?")`, "hcl", "base64"}, {`base64decode("/w==")`, "hcl", "UTF-8"}, {`replace("a", "/(/", "")`, "hcl", "missing"},
		{`uuidv5("x", "y")`, "hcl", "a UUID or one of"}, {`fileset("..", "*")`, "hcl", "inside"}, {`fileset(".", "[")`, "hcl", "pattern"},
		{`file("data/raw")`, "unreadable_file", "filebase64"}, {`file("data")`, "unreadable_file", "directory"},
		{`templatefile("data/loop.tftpl", {})`, "unsupported_function", "another template"}, {`templatefile("data/bad.tftpl", {})`, "invalid_template", "data/bad.tftpl:2"},
		{`templatefile("data/broken.tftpl", {})`, "invalid_template", "data/broken.tftpl:1"}, {`templatefile("data/t.tftpl", [])`, "hcl", "object or a map"},
		{`templatefile("none", {})`, "unreadable_file", "none"}, {`sha256()`, "hcl", "argument"},
	} {
		_, diags := evaluateIn(t, newTestScope(folder), c.call)
		if len(diags) != 1 || diag.Code(diags[0]) != c.code || !strings.Contains(diags[0].Detail, c.says) {
			t.Errorf("%s: want %s that says %q, got:\n%s", c.call, c.code, c.says, describe(diags))
		}
	}
}

// TestPlacing calls every function that places ids with one, and looks for it in the result.
func TestPassesIDs(t *testing.T) {
	const id = "monitor.o.id"
	calls := map[string]string{
		"chomp": `chomp("${X}\n")`, "chunklist": `chunklist([X], 1)[0][0]`, "coalesce": `coalesce(null, X)`, "coalescelist": `coalescelist([], [X])[0]`,
		"compact": `compact([X])[0]`, "concat": `concat([X], ["a"])[0]`, "element": `element([X], 0)`, "flatten": `flatten([[X]])[0]`,
		"format": `format("%s", X)`, "formatlist": `formatlist("%s", [X])[0]`, "indent": `indent(2, X)`, "join": `join(",", [X])`,
		"jsondecode": `jsondecode("[\"${X}\"]")[0]`, "jsonencode": `jsonencode([X])`, "keys": "", "length": "", "lookup": `lookup({ a = X }, "a")`,
		"merge": `merge({ a = X }, {}).a`, "one": `one([X])`, "reverse": `reverse([X])[0]`, "slice": `slice([X], 0, 1)[0]`, "tolist": `tolist([X])[0]`,
		"tomap": `tomap({ a = X }).a`, "tonumber": `tostring(tonumber(X))`, "toset": `one(toset([X]))`, "tostring": `tostring(X)`, "trimspace": `trimspace(X)`, "values": `values({ a = X })[0]`,
		"yamldecode": `yamldecode("- \"${X}\"")[0]`, "yamlencode": `yamlencode([X])`, "zipmap": `zipmap(["a"], [X]).a`,
		"try": `try(X)`, "sensitive": `sensitive(X)`, "nonsensitive": `nonsensitive(X)`, "templatefile": `templatefile("data/id.tftpl", { id = X })`,
	}
	for name := range passesIDs {
		if _, ok := calls[name]; !ok {
			t.Errorf("%s is not tested", name)
		}
	}
	folder := folderOf(t, map[string]string{"data/id.tftpl": "%{ if true }${id}%{ endif }"})
	for _, call := range calls {
		if call == "" {
			continue
		}
		scope := newTestScope(folder)
		value, diags := evaluateIn(t, scope, strings.ReplaceAll(call, "X", id))
		if diags.HasErrors() {
			t.Errorf("%s: %s", call, describe(diags))
			continue
		}
		conversion := scope.Refs.Conversion()
		if text, ok := conversion.Convert(value).(object.Text); !ok || len(conversion.Faults) > 0 {
			t.Errorf("%s: the id is not in %v, %v", call, text, conversion.Faults)
		}
	}
}
