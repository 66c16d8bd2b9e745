package cli_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// doubled is a chain of locals, each computed from the previous one.
func doubled(first, next string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "a0 = %s\n", first)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "a%d = %s\n", i, strings.ReplaceAll(next, "X", fmt.Sprintf("local.a%d", i-1)))
	}
	return b.String()
}

// loops nests three for expressions with a thousand iterations each.
func loops(inner string) string {
	return "m = [for a in range(1000) : length([for b in range(1000) : length([for c in range(1000) : " + inner + "])])]"
}

const tenThousand = "x = join(\"\", [for i in range(1000) : \"aaaaaaaaaa\"])\n"

const manyTexts = "x = flatten([for a in range(1000) : [for b in range(100) : \"k${a}-${b}\"]])\n"

const manyKeys = "x = merge([for a in range(1000) : { for b in range(100) : \"k${a}-${b}\" => b }]...)\n"

// twoMaps are objects with different keys and types.
const twoMaps = "x = merge([for a in range(20) : { for b in range(1000) : \"a${a}-${b}\" => b }]...)\n" +
	"y = merge([for a in range(20) : { for b in range(1000) : \"b${a}-${b}\" => \"z\" }]...)\n"

// unknownNames are misspellings of each other.
func unknownNames() string {
	var b strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&b, "abcdefghijkl%d = local.xbcdefghijkl%d\n", i, i)
	}
	return b.String()
}

// fan is a chain of lists, each with fifty copies of the previous one.
func fan() string {
	var b strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&b, "a%d = [", i)
		for j := max(0, i-50); j < i; j++ {
			fmt.Fprintf(&b, "local.a%d, ", j)
		}
		b.WriteString("]\n")
	}
	return b.String()
}

const laughs = `m = yamldecode(<<-EOT
  a: &a [x,x,x,x,x,x,x,x,x]
  b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
  d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
  e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
  f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
  g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]
  h: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]
EOT
)`

// bombs are locals that would take more time or memory than there is.
var bombs = map[string]string{
	"nested joins":               `m = join("", [for a in range(1000) : join("", [for b in range(1000) : join("", [for c in range(1000) : "x"])])])`,
	"nested for":                 loops("c"),
	"chosen by a key":            "k = \"a\"\nm = { a = " + strings.TrimPrefix(loops("c"), "m = ") + " }[local.k]",
	"nested for with calls":      loops(`upper("x")`),
	"nested for that fails":      loops("c.nope"),
	"nested for in try":          "m = try(" + strings.TrimPrefix(loops("c"), "m = ") + `, "x")`,
	"nested for in can":          "m = can(" + strings.TrimPrefix(loops("c"), "m = ") + `) ? 1 : 2`,
	"nested for in a template":   `m = "%{for a in range(1000)}%{for b in range(1000)}%{for c in range(1000)}x%{endfor}%{endfor}%{endfor}"`,
	"nested ranges":              loops("range(1000)"),
	"nested files":               loops(`file("a.hcl")`),
	"nested patterns":            loops(`regex("a(.*)", "abc")`),
	"nested templates":           loops(`templatefile("a.hcl", {})`),
	"nested folders":             loops(`fileset(".", "**")`),
	"nested objects":             loops("{ a = a, b = [b, c] }"),
	"setproduct":                 "m = setproduct(range(1000), range(1000), range(1000))",
	"doubled text":               doubled(`"xxxxxxxxxxxxxxxx"`, `"${X}${X}"`, 26),
	"doubled list":               doubled(`["x"]`, "[X, X]", 40),
	"doubled concat":             doubled(`["x"]`, "concat(X, X)", 40),
	"doubled object":             doubled(`{ a = 1 }`, "{ x = X, y = X }", 40) + "z = jsonencode(local.a40)",
	"squared number":             doubled("1e300", "X * X", 40) + `z = "${local.a40}"`,
	"joined with a long text":    tenThousand + `m = join(local.x, split("", local.x))`,
	"YAML aliases":               laughs,
	"sum":                        "m = " + strings.Repeat("1 + ", 300_000) + "1",
	"signs":                      "m = " + strings.Repeat("-", 300_000) + "1",
	"null of a large type":       doubled(`"x"`, "true ? null : [X, X]", 40),
	"list of a large type":       doubled(`"x"`, "slice(tolist([[X, X]]), 0, 0)", 40),
	"conditions":                 "m = " + strings.Repeat("true ? 1 : ", 300_000) + "1",
	"directives":                 `m = "` + strings.Repeat("%{if true}", 300_000) + strings.Repeat("%{endif}", 300_000) + `"`,
	"brackets":                   "m = " + strings.Repeat("[", 300_000),
	"splats":                     "m = a" + strings.Repeat("[*]", 300_000),
	"digits":                     "m = 1" + strings.Repeat("0", 2_000_000),
	"exponent":                   `m = "${1e99999999}"`,
	"JSON exponent":              `m = "${jsondecode("1e99999999")}"`,
	"JSON elements":              "x = join(\",\", [for i in range(1000) : \"[],[]\"])\ny = join(\",\", [for i in range(1000) : local.x])\nm = jsondecode(\"[${local.y}]\")",
	"JSON brackets":              "x = join(\"\", [for i in range(1000) : \"[\"])\nm = jsondecode(local.x)",
	"CSV":                        "x = join(\",\", [for i in range(1000) : \"a${i}\"])\ny = join(\"\\n\", [for i in range(1001) : local.x])\nm = csvdecode(local.y)",
	"format":                     `m = format("%999999999d", 1)`,
	"precision":                  `m = format("%.999999999f", 1)`,
	"formatlist":                 `m = formatlist("%9999999s", range(1000))`,
	"replace":                    tenThousand + `m = replace(local.x, "a", local.x)`,
	"replace of nothing":         tenThousand + `m = replace(local.x, "", local.x)`,
	"replace by pattern":         tenThousand + `m = replace(local.x, "/a/", local.x)`,
	"indent":                     `m = indent(999999999, "a\nb\nc")`,
	"pattern":                    tenThousand + "y = join(\"\", [for i in range(100) : local.x])\n" + `m = regexall("(a?){50}(b?)", local.y)`,
	"split":                      tenThousand + "y = join(\"\", [for i in range(200) : local.x])\n" + `m = split("", local.y)`,
	"flatten":                    "x = [for a in range(1000) : [for b in range(500) : b]]\nm = flatten([local.x, local.x, local.x])",
	"distinct objects":           "x = [for a in range(1000) : [for b in range(400) : { a = b }]]\nm = distinct(flatten(local.x))",
	"mixed types":                "x = flatten([for a in range(1000) : [for b in range(20) : [{ a = 1 }, { b = [1] }]]])\nm = tolist(local.x)",
	"braces of a pattern":        `m = fileset(".", "` + strings.Repeat("{a,b}", 30) + `")`,
	"many digits as a number":    "x = join(\"\", [for i in range(1000) : \"9999999999\"])\ny = join(\"\", [for i in range(1000) : local.x])\nm = abs(local.y)",
	"many digits in a sum":       "x = join(\"\", [for i in range(1000) : \"9999999999\"])\ny = join(\"\", [for i in range(1000) : local.x])\nm = local.y + 1",
	"chain of locals":            chain(30_000),
	"comparisons":                manyTexts + "b = concat(local.x, [])\nm = [for i in range(1000) : local.x == local.b]",
	"conditions over lists":      manyTexts + "b = concat(local.x, [1])\nm = [for i in range(1000) : true ? local.x : local.b]",
	"conditions over objects":    "x = { for i in range(1000) : \"a${i}\" => 1 }\nb = { for i in range(1000) : \"b${i}\" => \"x\" }\nm = [for i in range(1000) : length(true ? local.x : local.b)]",
	"keys of a large map":        manyKeys + "m = [for i in range(1000) : length(keys(local.x))]",
	"merging":                    manyKeys + "m = [for i in range(1000) : merge({ a = 1 }, local.x)]",
	"sets":                       manyTexts + "m = [for i in range(1000) : length(toset(local.x))]",
	"sets of objects":            "x = toset([for i in range(1000) : { a = i }])\nm = [for i in range(1000) : setunion(local.x, [{ a = i }])]",
	"sorting":                    manyTexts + "m = [for i in range(1000) : length(sort(local.x))]",
	"characters":                 tenThousand + "y = join(\"\", [for i in range(500) : local.x])\nm = [for i in range(1000) : length(local.y)]",
	"numbers in texts":           "m = [for a in range(1000) : [for b in range(1000) : \"${a}${b}\"]]",
	"small objects of JSON":      "x = join(\",\", [for i in range(1000) : \"{\\\"a\\\":1,\\\"b\\\":{\\\"c\\\":[]}}\"])\ny = join(\",\", [for i in range(150) : local.x])\nm = jsondecode(\"[${local.y}]\")",
	"columns of CSV":             "x = join(\",\", [for i in range(1000) : \"a${i}\"])\ny = join(\"\\n\", [for i in range(900) : local.x])\nm = csvdecode(local.y)",
	"lists of lists of locals":   fan(),
	"types within types":         twoMaps + "m = tolist([local.x, local.y])",
	"types within conditions":    twoMaps + "m = true ? [local.x] : [local.y]",
	"types within sets":          twoMaps + "m = setunion([local.x], [local.y])",
	"types of arguments":         twoMaps + "m = coalesce({ p = local.x }, { p = local.y })",
	"new texts in lists":         doubled(`formatlist("%7000s", range(1000))`, `formatlist("%7000s", range(1000))`, 400),
	"search to the end":          tenThousand + "y = join(\"\", [for i in range(20) : local.x])\nm = regexall(\"a*x|a\", local.y)",
	"replacing to the end":       tenThousand + "y = join(\"\", [for i in range(20) : local.x])\nm = replace(local.y, \"/a*x|a/\", \"b\")",
	"set of fractions":           "x = flatten([for a in range(1000) : [for b in range(20) : 1 + (a * 20 + b) / 1e15]])\nm = toset(local.x)",
	"deep for":                   "m = " + strings.Repeat("[for a in [1] : ", 1500) + "1" + strings.Repeat("]", 1500),
	"lists as text":              "n = [for a in range(1000) : a / 3]\nm = [for i in range(30) : format(\"" + strings.Repeat("%[1]v", 80) + "\", local.n)]",
	"problems":                   "x = {}\nm = [for a in range(1000) : length([for b in range(1000) : length([for c in range(1000) : local.x.nope])])]",
	"deep JSON of a long text":   "a = join(\"\", [for i in range(490) : \"[\"])\nz = join(\"\", [for i in range(490) : \"]\"])\n" + tenThousand + "y = join(\"\", [for i in range(1000) : local.x])\nm = jsondecode(\"${local.a}\\\"${local.y}\\\"${local.z}\")",
	"many short searches":        "t = replace(format(\"%04096d\", 0), \"0\", \"a\")\nm = [for i in range(1000) : replace(local.t, \"/a(?:.*b)?/\", \"\")]",
	"a long pattern of classes":  "p = \"(?i)${join(\"\", [for i in range(1000) : \"[B-\\\\x{1e942}]\"])}\"\nm = replace(\"a\", \"/${local.p}/\", \"\")",
	"accents":                    "t = replace(format(\"%0400000d\", 0), \"0\", \"a\\u0327\\u0301\\u0316\\u0302\")\nm = [for i in range(30) : lower(local.t) != \"${local.t}${i}\"]",
	"adding long texts":          long + "m = [for i in range(1000) : local.t + 1]",
	"comparing long texts":       long + "m = [for i in range(1000) : local.t < 1]",
	"negating long texts":        long + "m = [for i in range(1000) : -local.t]",
	"converting long texts":      long + "m = [for i in range(1000) : tonumber(local.t)]",
	"summing long texts":         long + "m = [for i in range(1000) : sum([local.t])]",
	"formatting long texts":      long + "m = [for i in range(1000) : format(\"%d\", local.t)]",
	"formatting lists of texts":  long + "m = formatlist(\"%d\", [for i in range(1000) : local.t])",
	"elements of long texts":     long + "m = [for i in range(1000) : element([1, 2], local.t)]",
	"small numbers in texts":     tiny + "m = [for i in range(1000) : [for n in local.t : \"x${n}\"]]",
	"joined small numbers":       tiny + "m = [for i in range(1000) : join(\",\", local.t)]",
	"formatted small numbers":    tiny + "m = [for i in range(1000) : format(\"%v\", local.t)]",
	"small numbers as keys":      tiny + "m = [for i in range(1000) : { for n in local.t : n => 1... }]",
	"small numbers in brackets":  tiny + "m = [for i in range(1000) : [for n in local.t : try({ a = 1 }[n], 1)]]",
	"numbers as keys":            "o = { for i in range(10) : i => 1 }\nm = [for i in range(1000) : [for j in range(400) : local.o[3]]]",
	"small numbers or texts":     tiny + "m = [for i in range(1000) : [for n in local.t : true ? n : \"a\"]]",
	"sets of small numbers":      tiny + "m = [for i in range(1000) : toset(local.t)]",
	"set of like numbers":        alike + "m = toset(local.l)",
	"set of tuples":              alike + "m = toset([for n in local.l : [n]])",
	"union of like numbers":      alike + "m = setunion(local.l, local.l)",
	"difference of like numbers": alike + "m = setsubtract(local.l, local.l)",
	"common like numbers":        alike + "m = setintersection(local.l, local.l)",
	"product of like numbers":    alike + "m = setproduct(toset(slice(local.l, 0, 300)), toset(slice(local.l, 300, 600)))",
	"conversion to a set":        alike + "m = true ? toset([1]) : local.l",
	"range of small numbers":     "m = [for i in range(1000) : range(1e-300, 1e-298, 1e-300)]",
	"range of fractions":         "m = [for i in range(1000) : range(0.1, 100.1, 0.1)]",
	"range beyond 64 bits":       "m = range(1e-1200, 1e-1197, 1e-1200)",
	"equal fractions":            "m = [for i in range(1000) : [for j in range(300) : 0.1 == 0.2]]",
	"unequal fractions":          "m = [for i in range(1000) : [for j in range(300) : 0.1 != 0.2]]",
	"fractions in order":         "a = 0.1\nm = [for i in range(1000) : [for j in range(300) : local.a >= 0.2]]",
	"texts in order":             "m = [for i in range(1000) : [for j in range(300) : \"0.1\" <= \"0.2\"]]",
	"objects of fractions":       "a = { b = [0.1] }\nm = [for i in range(1000) : [for j in range(300) : local.a == { b = [0.1] }]]",
	"index of a fraction":        "l = [for i in range(1000) : (i + 1) / 7]\nm = [for i in range(1000) : index(local.l, 1000 / 7)]",
	"list without a fraction":    "l = [for i in range(1000) : (i + 1) / 7]\nm = [for i in range(1000) : contains(local.l, 0.1)]",
	"list of a fraction in it":   "l = [for i in range(1000) : [(i + 1) / 7]]\nm = [for i in range(1000) : contains(local.l, [1000 / 7])]",
	"keys that are fractions":    "l = [for i in range(1000) : (i + 1) / 7]\nm = matchkeys(local.l, local.l, local.l)",
	"distinct fractions":         "m = [for i in range(200) : distinct([for j in range(1000) : 1 / (j + 3)])]",
	"sets of fractions":          "s = toset([for i in range(500) : [i / 7]])\nm = [for i in range(1000) : setunion(local.s, [[1]])]",
	"product of fractions":       "s = toset([for i in range(100) : i / 7])\nm = setproduct(local.s, local.s, local.s)",
	"iterated set of fractions":  "s = toset([for i in range(500) : [i / 7]])\nm = [for i in range(1000) : [for e in local.s : 1]]",
	"remainder of a text":        "m = \"1e99999999\" % 7",
	"digits of a text":           "m = format(\"%f\", \"1e99999999\")",
	"sum of texts":               "m = sum([\"1e99999999\", \"1e-99999999\"])",
	"order of texts":             "m = \"1e-99999\" <= \"1e-99998\"",
	"filtered objects":           "o = [for i in range(700) : { a = i, b = \"x\" }]\nm = [for a in local.o : [for b in local.o : b if a.a == b.a]]",
	"filter without a match":     "o = [for i in range(1000) : { a = i, b = \"x\" }]\nm = [for a in local.o : { for b in local.o : b.b => b if false }]",
	"infinity":                   "m = [1 / 0]",
	"quotients":                  "m = [for i in range(1000) : [for j in range(450) : 1e300 / 7 + 1e-300]]",
	"sums":                       "a = 1e300\nb = 1e-300\nm = [for i in range(1000) : [for j in range(500) : local.a + local.b]]",
	"one long name": tenThousand + "y = join(\"\", [for i in range(1000) : local.x])\n}\nmonitor \"m\" {\n  for_each = toset([for i in range(1000) : \"${i}\"])\n  name     = local.y\n" +
		"  type     = \"query alert\"\n  query    = \"avg(last_5m):avg:system.load.1{*} > 1\"\n",
	"lines": strings.Repeat("\n", 3_000_000),
	"objects": "}\nmonitor \"m\" {\n  for_each = merge([for a in range(1000) : { for b in range(1000) : \"${a}-${b}\" => b }]...)\n  name     = each.key\n" +
		"  type     = \"query alert\"\n  query    = \"avg(last_5m):avg:system.load.1{*} > 1\"\n",
	"a long text in each object": tenThousand + "}\nmonitor \"m\" {\n  for_each = { for a in setproduct(range(100), range(100)) : \"${a[0]}-${a[1]}\" => 1 }\n  name     = each.key\n" +
		"  message = \"${local.x}${local.x}${each.key}\"\n  type     = \"query alert\"\n  query    = \"avg(last_5m):avg:system.load.1{*} > 1\"\n",
	"dynamic blocks": "}\ndashboard \"d\" {\n  title = \"d\"\n  layout_type = \"ordered\"\n  dynamic \"group\" {\n    for_each = range(1000)\n    labels = [\"g\"]\n    content {\n" +
		"      layout_type = \"ordered\"\n      dynamic \"widget\" {\n        for_each = range(1000)\n        labels = [\"note\"]\n        content {\n          content = \"${widget.key}\"\n        }\n      }\n    }\n  }\n",
}

// long is a number with many digits, alike are numbers with ten equal digits, and tiny is a fraction with thousands.
const (
	long  = "t = \"0.${replace(format(\"%065000d\", 0), \"0\", \"7\")}\"\n"
	alike = "l = flatten([for i in range(4) : [for j in range(1000) : 100000000000000000000 + i * 1000 + j]])\n"
	tiny  = "t = [for i in range(1000) : 1e-150 * 1e-150 / 3]\n"
)

// fractions is a hundred thousand lines with different numbers.
func fractions(format string) string {
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, format, 1+float64(i)/1e6)
	}
	return b.String()
}

func chain(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d = local.a%d\n", i, i+1)
	}
	fmt.Fprintf(&b, "a%d = 1\n", n)
	return b.String()
}

var place = regexp.MustCompile(`a\.hcl:\d+:\d+`)

// TestBombs: whatever a few lines of configuration demand, a process with little memory ends with an error at their
// location.
func TestBombs(t *testing.T) {
	for name, text := range bombs {
		if testing.Short() && !slices.Contains([]string{"nested joins", "setproduct", "doubled text", "YAML aliases", "sum", "splats"}, name) {
			continue
		}
		t.Run(name, func(t *testing.T) { checkBomb(t, text, "validate") })
	}
	for _, command := range []string{"plan --sandbox", "lint", "test", "render", "diff --base ."} {
		t.Run(command, func(t *testing.T) { checkBomb(t, bombs["nested joins"], strings.Fields(command)...) })
	}
}

// TestManyUnknownNames: suggestions are searched for the first thousand unknown names, and not for the rest.
func TestManyUnknownNames(t *testing.T) {
	line := "m = [" + strings.Repeat("unknown, ", 100_000) + "]\n" // every problem shows a part of its line
	for _, text := range []string{unknownNames(), line, line + line[1:]} {
		dir := t.TempDir()
		writeTree(t, dir, map[string]string{"stack.hcl": "stack \"s\" {}\n", "a.hcl": "locals {\n" + text + "}\n"})
		if output, code := limited(t, dir, "validate"); code != 1 || strings.Contains(output, "goroutine") {
			t.Errorf("exit code %d:\n%.2000s", code, output)
		}
	}
}

func checkBomb(t *testing.T, text string, args ...string) {
	t.Helper()
	dir := t.TempDir()
	writeTree(t, dir, map[string]string{"stack.hcl": "stack \"s\" {}\n", "a.hcl": "locals {\n" + text + "\n}\n"})
	output, code := limited(t, dir, args...)
	if len(output) > 2000 {
		output = output[:2000]
	}
	if code != 1 || strings.Contains(output, "goroutine") || !strings.Contains(output, "[limit]") || !place.MatchString(output) {
		t.Errorf("exit code %d, want 1 and a limit with its location:\n%s", code, output)
	}
}

// limited runs ddmon in a folder, as a process with little memory and a timeout.
func limited(t *testing.T, dir string, args ...string) (output string, code int) {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell to limit memory with")
	}
	cmd := exec.CommandContext(t.Context(), sh, append([]string{"-c", `ulimit -v 4000000; ulimit -t 60; exec ddmon "$@"`, "sh"}, args...)...)
	cmd.Dir, cmd.Env = dir, os.Environ()
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// TestBombsInData: data files are limited, too.
func TestBombsInData(t *testing.T) {
	header := "note = \"n\"\nstart = \"2025-11-09T10:00:00Z\"\nend = \"2025-11-09T11:00:00Z\"\ninterval = \"15s\"\n"
	numbers := "[" + strings.Repeat("1,", 1000) + "]"
	for name, files := range map[string]map[string]string{
		"for in a recording":      {"rec/recording.hcl": header + "logs \"l.jsonl\" {\n  attributes = { a = [for a in " + numbers + " : [for b in " + numbers + " : [for c in " + numbers + " : c]]] }\n}\n", "rec/l.jsonl": ""},
		"brackets in a recording": {"rec/recording.hcl": header + "source = " + strings.Repeat("[", 300_000)},
		"sum in a recording":      {"rec/recording.hcl": header + "source = " + strings.Repeat("1 + ", 300_000) + "1\n"},
		"brackets in a log":       {"rec/recording.hcl": header + "logs \"l.jsonl\" {}\n", "rec/l.jsonl": `{"timestamp":"+1s","attributes":{"a":` + strings.Repeat("[", 1_000_000) + "}}"},
		"tags of a series":        {"rec/recording.hcl": header + "series \"m\" {\n  type = \"gauge\"\n  values = \"1\"\n  tags = [" + strings.Repeat("\"a:b\",", 2_000_000) + "]\n}\n"},
		"series":                  {"rec/recording.hcl": header + strings.Repeat("series \"m\" {\n  type = \"gauge\"\n  values = \"1\"\n}\n", 300_000)},
		"phases":                  {"rec/recording.hcl": header + "phases {\n" + strings.Repeat("  p = \"+1s\"\n", 500_000) + "}\n"},
		"line breaks":             {"rec/recording.hcl": header + strings.Repeat("\n", 15_000_000)},
		"gaps":                    {"rec/recording.hcl": header + "series \"m\" {\n  type = \"gauge\"\n  values = \"" + strings.Repeat("1 _ ", 4_000_000) + "\"\n}\n"},
		"logs":                    {"rec/recording.hcl": header + "logs \"l.jsonl\" {}\n", "rec/l.jsonl": strings.Repeat(`{"timestamp":"+1s","message":"x"}`+"\n", 600_000)},
		"objects in logs":         {"rec/recording.hcl": header + "logs \"l.jsonl\" {}\n", "rec/l.jsonl": strings.Repeat(`{"timestamp":"+1s","attributes":{"a":`+strings.Repeat(`{"a":`, 900)+"1"+strings.Repeat("}", 900)+"}}\n", 4000)},
		"columns":                 {"rec/recording.hcl": header + "series \"m\" {\n  type = \"gauge\"\n  csv = \"m.csv\"\n}\n", "rec/m.csv": strings.Repeat(",", 30_000_000)},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeTree(t, dir, cleanFiles, files)
			output, code := limited(t, dir, "replay", "rec")
			if code != 1 || strings.Contains(output, "goroutine") || !regexp.MustCompile(`rec/\w+\.\w+:\d+:\d+`).MatchString(output) {
				t.Errorf("exit code %d, want 1 and a location:\n%.2000s", code, output)
			}
		})
	}
	t.Run("variables", func(t *testing.T) {
		dir := t.TempDir()
		writeTree(t, dir, cleanFiles, map[string]string{
			"deep.json": `{"name":` + strings.Repeat("[", 300_000), "number.json": `{"name":1e99999999}`,
			"for.auto.vars.hcl": "name = [for a in " + numbers + " : [for b in " + numbers + " : [for c in " + numbers + " : c]]]\n",
		})
		for _, args := range [][]string{{"validate", "--var-file", "deep.json"}, {"validate", "--var-file", "number.json"}, {"validate"}} {
			output, code := limited(t, dir, args...)
			if code != 1 || strings.Contains(output, "goroutine") || !strings.Contains(output, "[limit]") {
				t.Errorf("%v: exit code %d:\n%.2000s", args, code, output)
			}
		}
	})
	for name, text := range map[string]string{
		"lists in lists": strings.Repeat(strings.Repeat("- ", 241)+"a\n", 3000), "carriage returns": strings.Repeat("- a\r", 700_000), "next lines": strings.Repeat("- a\u0085", 700_000),
		"line separators": strings.Repeat("- a\u2028", 700_000), "open brackets after quoted ones": "[\"" + strings.Repeat("]", 60_000) + "\"," + strings.Repeat("[", 60_000) + strings.Repeat("]", 60_001),
		"open brackets after a comment": "#" + strings.Repeat("]", 90_000) + "\n" + strings.Repeat("[", 90_000), "quoted brackets": strings.Repeat(`["]",`, 30_000) + "1" + strings.Repeat("]", 30_000),
		"fractions as keys": fractions("%.6fe-300: a\n"), "fractions as explicit keys": fractions("? %.6fe-300\n: a\n"), "a key out of range": "1e99999999: a\n",
		"open brackets after a text": "a: |\n  " + strings.Repeat("}", 90_000) + "\nb: " + strings.Repeat("{", 90_000), "brackets that are not closed": strings.Repeat("[", 9000) + strings.Repeat("[a],", 90_000) + "}",
	} {
		t.Run(name+" in YAML", func(t *testing.T) {
			dir := t.TempDir()
			writeTree(t, dir, map[string]string{"a.hcl": "stack \"s\" {}\nlocals { m = yamldecode(file(\"d.yaml\")) }\n", "d.yaml": text})
			if output, code := limited(t, dir, "validate"); code != 1 || !strings.Contains(output, "[limit]") || !place.MatchString(output) {
				t.Errorf("exit code %d, want 1 and a limit with its location:\n%.2000s", code, output)
			}
		})
	}
	t.Run("a variable's set", func(t *testing.T) {
		dir := t.TempDir()
		var numbers strings.Builder
		for i := range 4000 {
			fmt.Fprintf(&numbers, "[10000000000000000%04d],", i)
		}
		writeTree(t, dir, map[string]string{"a.hcl": "stack \"s\" {}\nvariable \"v\" {\n  type = list(set(list(number)))\n  default = [[" + numbers.String() + "]]\n}\n"})
		if output, code := limited(t, dir, "validate"); code != 1 || !strings.Contains(output, "[limit]") || !place.MatchString(output) {
			t.Errorf("exit code %d, want 1 and a limit with its location:\n%.2000s", code, output)
		}
	})
	t.Run("fmt", func(t *testing.T) {
		dir := t.TempDir()
		writeTree(t, dir, map[string]string{"a.hcl": "a = " + strings.Repeat("[", 300_000)})
		if output, code := limited(t, dir, "fmt", "--check"); code != 1 || strings.Contains(output, "goroutine") {
			t.Errorf("exit code %d:\n%.2000s", code, output)
		}
	})
}
