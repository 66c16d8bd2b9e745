package cli_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/lang"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// TestBlockTypes: the descriptions of blocks, which `ddmon schema` prints, agree with the parsers: what they list is
// accepted and used, and everything else is refused.
func TestBlockTypes(t *testing.T) {
	var all []*lang.BlockType
	for _, b := range slices.Concat(config.Blocks(), testfile.Blocks(), series.Blocks()) {
		if slices.ContainsFunc(all, func(other *lang.BlockType) bool { return other.Name == b.Name }) {
			t.Errorf("two blocks have the name %s", b.Name)
		}
		all = append(all, b)
	}
	for _, b := range all {
		t.Run(b.Name, func(t *testing.T) {
			host := blockHosts[b.Name]
			if host == nil {
				t.Fatalf("blockHosts does not say where a %s block is written", b.Name)
			}
			law := blockLaw{t, b, host}
			law.accepts("the example", b.Example)
			law.attributes()
			law.nested()
			law.documented()
		})
	}
}

// blockLaw checks the description of one type of block. host loads the text of a block of the type.
type blockLaw struct {
	*testing.T
	block *lang.BlockType
	host  func(t *testing.T, text string) hcl.Diagnostics
}

func (l blockLaw) accepts(what, text string) {
	l.Helper()
	if diags := l.host(l.T, text); diags.HasErrors() {
		l.Errorf("%s is refused:\n%s\n%v", what, text, diags)
	}
}

func (l blockLaw) refuses(what, text string) {
	l.Helper()
	if diags := l.host(l.T, text); !diags.HasErrors() {
		l.Errorf("%s is accepted:\n%s", what, text)
	}
}

// companions are attributes without which another attribute, or any attribute of a block, is invalid.
var companions = map[string][2]string{
	"series": {"values", `"1x3"`}, "series.csv": {}, "series.values": {},
	"series.column": {"csv", `"disk.csv"`}, "series.time_column": {"csv", `"disk.csv"`},
	"recording": {"interval", `"1m"`}, "recording.interval": {},
	"variable": {"default", `["@slack"]`}, "variable.default": {},
	"dynamic": {"labels", `["note"]`}, "dynamic.labels": {},
	"probe": {"logs", `"*"`}, "probe.metric": {}, "probe.events": {}, "probe.logs": {},
	"step": {"logs", `"*"`}, "step.metric": {}, "step.events": {}, "step.logs": {}, "step.monitor": {},
	"expect": {"status", `"Alert"`}, "expect.status": {}, "expect.never": {}, "expect.silent": {}, "expect.notifies_only": {},
	"expect.recovered_after": {"recovers_within", `"5m"`},
}

func (l blockLaw) with(name, value string) string { return l.wrap(l.content(name, value)) }

// content is the required attributes and blocks, and an attribute; without it if value is empty.
func (l blockLaw) content(name, value string) string {
	values := map[string]string{}
	for _, a := range l.block.Attributes {
		if a.Required {
			values[a.Name] = a.Example
		}
	}
	companion, ok := companions[l.block.Name+"."+name]
	if !ok {
		companion = companions[l.block.Name]
	}
	values[companion[0]], values[name] = companion[1], value
	content := ""
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if values[key] != "" {
			content += key + " = " + values[key] + "\n"
		}
	}
	for _, inner := range l.block.Blocks {
		if inner.Required {
			content += inner.Example
		}
	}
	return content
}

// wrap is a block with this content. Its header is that of the example.
func (l blockLaw) wrap(content string) string {
	header, _, isBlock := strings.Cut(l.block.Example, "{")
	if !isBlock || !strings.HasPrefix(header, l.block.Name) {
		return content // a file
	}
	return header + "{\n" + content + "}\n"
}

// notRead are attributes whose value is checked only when it is needed.
var notRead = []string{"validation.error_message"}

// otherBlocks are attributes that need other blocks than the example has. The tests of their packages have them.
var otherBlocks = []string{"step.monitor"}

func (l blockLaw) attributes() {
	for _, a := range l.block.Attributes {
		if slices.Contains(otherBlocks, l.block.Name+"."+a.Name) {
			continue
		}
		l.accepts(a.Name, l.with(a.Name, a.Example))
		if a.Required {
			l.refuses("a block without "+a.Name, l.with(a.Name, ""))
		}
		if a.Type != lang.AnyType && !slices.Contains(notRead, l.block.Name+"."+a.Name) {
			l.refuses(a.Name+" of another type", l.with(a.Name, wrongValue(a.Type)))
		}
		for _, value := range a.Values {
			l.accepts(a.Name+" = "+value, l.with(a.Name, fmt.Sprintf("%q", value)))
		}
		if len(a.Values) > 0 {
			l.refuses("an unknown value of "+a.Name, l.with(a.Name, `"no such value"`))
		}
		if a.Default != nil && l.block.Name+"."+a.Name != "expect.silent" { // silent = false is not an expectation
			l.accepts("the default of "+a.Name, l.with(a.Name, literal(a.Default)))
		}
	}
	if l.block.Named == nil {
		l.refuses("an unknown attribute", l.with("no_such_attribute", `"x"`))
	} else {
		name := "chosen_name"
		if l.block.Name == "content" {
			name = "content" // the field of the generated block
		}
		l.accepts("an attribute of any name", l.wrap(name+" = "+l.block.Named.Example+"\n"))
	}
}

// wrongValue is a value that no attribute of the type accepts.
func wrongValue(of string) string {
	if strings.HasPrefix(of, "list, set") {
		return "5"
	}
	if of == lang.ObjectType || strings.HasPrefix(of, "list") || of == lang.FlagType || strings.HasPrefix(of, "map") || of == "name" {
		return `"x"`
	}
	return "[[[1]]]"
}

// literal writes a default as HCL.
func literal(v any) string {
	if list, ok := v.([]string); ok {
		return fmt.Sprintf("%q", list)
	}
	return strings.ReplaceAll(fmt.Sprintf("%#v", v), "`", "")
}

func (l blockLaw) nested() {
	for _, inner := range l.block.Blocks {
		without := strings.ReplaceAll(l.content("", ""), inner.Example, "")
		again := strings.Replace(inner.Example, `"`, `"other_`, 1)
		l.accepts("a block "+inner.Name, l.wrap(without+inner.Example))
		if inner.Required {
			l.refuses("a block without "+inner.Name, l.wrap(without))
		}
		if !inner.Repeated {
			l.refuses("two blocks "+inner.Name, l.wrap(without+inner.Example+again))
		}
	}
	if l.block.Name != "content" {
		l.refuses("an unknown block", l.wrap(l.content("", "")+"no_such_block {}\n"))
	}
}

// documented checks that the description is complete.
func (l blockLaw) documented() {
	if l.block.Text == "" {
		l.Errorf("%s has no text", l.block.Name)
	}
	for _, a := range slices.Concat(l.block.Attributes, l.block.Keys) {
		if a.Text == "" || a.Type == "" || a.Example == "" {
			l.Errorf("%s has no text, type or example", a.Name)
		}
		if says := a.Required || a.Default != nil || a.Unset != ""; !says {
			l.Errorf("nothing says what applies if %s is not set", a.Name)
		}
	}
}

const (
	blockStack = `stack "s" {}` + "\n"
	blockDisk  = `monitor "disk" {
  name    = "disk"
  type    = "query alert"
  query   = "max(last_5m):max:system.disk.in_use{*} by {host} > 0.9"
  message = "disk @pagerduty-db"
`
	blockNotify = "variable \"notify\" {\n  type = list(string)\n  default = [\"@slack\"]\n}\n"
	blockTimes  = "note = \"n\"\nstart = \"2026-03-02T14:00:00Z\"\nend = \"2026-03-02T15:00:00Z\"\ninterval = \"1m\"\n"
)

// blockHosts write a block where it belongs, and load the files.
var blockHosts = map[string]func(t *testing.T, text string) hcl.Diagnostics{
	"stack":    inConfig("", ""),
	"variable": inConfig(blockStack, ""),
	"validation": inConfig(blockStack+"variable \"notify\" {\n  type = list(string)\n  default = [\"@slack\"]\n",
		"}\n"),
	"locals":    inConfig(blockStack, ""),
	"metric":    inConfig(blockStack, ""),
	"lifecycle": inConfig(blockStack+blockDisk, "}\n"),
	"dynamic":   inConfig(blockStack+"dashboard \"d\" {\n  title = \"d\"\n  layout_type = \"ordered\"\n", "}\n"),
	"content": inConfig(blockStack+"dashboard \"d\" {\n  title = \"d\"\n  layout_type = \"ordered\"\n  dynamic \"widget\" {\n"+
		"    for_each = [\"a\"]\n    labels = [\"note\"]\n", "}\n}\n"),
	"guide":      inConfig(blockStack+blockDisk+"}\n", ""),
	"control":    inGuide(""),
	"probe":      inGuide(""),
	"step":       inGuide("probe \"pipeline\" { logs = \"*\" }\n"),
	"conclusion": inGuide(""),
	"test":       inTestFile("", ""),
	"expect":     inTestFile("test \"t\" {\n  recording = \"x\"\n", "}\n"),
	"recording":  inRecording(""),
	"phases":     inRecording(blockTimes),
	"series":     inRecording(blockTimes),
	"absent":     inRecording(blockTimes),
	"logs":       inRecording(blockTimes),
	"events":     inRecording(blockTimes),
}

func inConfig(before, after string) func(*testing.T, string) hcl.Diagnostics {
	return func(t *testing.T, text string) hcl.Diagnostics {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "stack.hcl"), before+text+after)
		_, diags := config.Load(config.Options{Dir: dir})
		return diags
	}
}

// inGuide writes a block into a guide that has a step disk.
func inGuide(before string) func(*testing.T, string) hcl.Diagnostics {
	const step = "step \"disk\" {\n  metric = \"avg:a.b{*}\"\n  expect { last = \"< 1\" }\n  ok = \"a\"\n  failed = \"b\"\n}\n"
	return func(t *testing.T, text string) hcl.Diagnostics {
		if strings.HasPrefix(text, "step \"disk\"") {
			return inConfig(blockStack+blockDisk+"}\nguide \"g\" {\n"+before, "}\n")(t, text)
		}
		return inConfig(blockStack+blockDisk+"}\nguide \"g\" {\n"+before+step, "}\n")(t, text)
	}
}

func inTestFile(before, after string) func(*testing.T, string) hcl.Diagnostics {
	return func(t *testing.T, text string) hcl.Diagnostics {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "stack.hcl"), blockStack+blockNotify+blockDisk+"}\n")
		writeFile(t, filepath.Join(dir, "a.test.hcl"), before+text+after)
		_, diags := testfile.Load(config.Options{Dir: dir})
		return diags
	}
}

func inRecording(before string) func(*testing.T, string) hcl.Diagnostics {
	return func(t *testing.T, text string) hcl.Diagnostics {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "recording.hcl"), before+text)
		writeFile(t, filepath.Join(dir, "disk.csv"), "timestamp,time,value,in_use\n14:00:00,14:00:00,1,1\n")
		for _, name := range []string{"logs.jsonl", "events.jsonl", "other_logs.jsonl", "other_events.jsonl"} {
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, diags := series.Load(dir)
		return diags
	}
}
