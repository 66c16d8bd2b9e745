package series

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const header = `note = "n"
timezone = "Asia/Kolkata"
start = "2025-11-09T19:17:02+05:30"
end = "2025-11-09T20:27:00+05:30"
interval = "15s"
`

// load loads a recording with the given recording.hcl and further files.
func load(text string, files map[string]string) (*Recording, []string) {
	folder := fstest.MapFS{fileName: {Data: []byte(text)}}
	for name, data := range files {
		folder[name] = &fstest.MapFile{Data: []byte(data)}
	}
	r, diags := loadFS(folder, "rec", fileName)
	var found []string
	for _, d := range diags {
		at := "?"
		if d.Subject != nil {
			at = fmt.Sprintf("%s:%d:%d-%d", strings.TrimPrefix(d.Subject.Filename, "rec/"), d.Subject.Start.Line, d.Subject.Start.Column, d.Subject.End.Column)
		}
		found = append(found, at+" "+d.Summary+": "+d.Detail)
	}
	return r, found
}

func TestLoadAll(t *testing.T) {
	r, found := load(header+`
source = "s"
phases {
  late  = "+1h"
  early = "19:47:17"
  utc   = "2025-11-09T14:17:18Z"
}
series "a.b" {
  tags   = ["q:2", "n:1"]
  type   = "gauge"
  unit   = "message"
  values = "1 2 _ 4"
}
series "a.b" {
  tags     = ["n:1", "q:2"]
  type     = "gauge"
  unit     = "message"
  start    = "+2m"
  interval = "30s"
  chosen   = "why"
  values   = <<-EOT
    # slope
    0+1x20
  EOT
}
series "c" {
  type   = "count"
  csv    = "d/c.csv"
  column = "n"
}
logs "l.jsonl" {
  service    = "queue-master"
  tags       = ["n:1"]
  attributes = { pod = "p", big = 12345678901234567890 }
}
logs "m.jsonl" {}
events "e.jsonl" { source = "kubernetes" }
`, map[string]string{
		"d/c.csv": "timestamp,x,n\n2025-11-09T13:47:03Z,0,5\n1762696025,0,\n1762696026500,0,7\n",
		"l.jsonl": `{"timestamp":"2025-11-09T14:00:00.5Z","message":"two","attributes":{"pod":"own"}}` + "\n\n" + `{"timestamp":"20:00:00","message":"four","status":"error","host":"h","tags":["k:v"]}`,
		"m.jsonl": `{"timestamp":"1762696025","service":"s","source":"java","message":"one"}` + "\n" + `{"timestamp":"2025-11-09T14:00:01Z","message":"three"}`,
		"e.jsonl": `{"timestamp":"+1m","title":"t","text":"x","tags":["a:b"]}`,
	})
	if found != nil {
		t.Fatal(found)
	}
	var phases []string
	for _, p := range r.Phases {
		phases = append(phases, fmt.Sprint(p.Name, " ", p.At-r.Start))
	}
	if diff := cmp.Diff([]string{"early 1815000", "utc 1816000", "late 3600000"}, phases); diff != "" {
		t.Error(diff)
	}
	if got := r.Name + r.Note + r.Source + r.Location.String(); got != "recns"+"Asia/Kolkata" {
		t.Error(got)
	}
	ab := r.Metric("a.b")
	if len(ab) != 1 || len(ab[0].Blocks) != 2 || ab[0].Blocks[1].Chosen != "why" || ab[0].Len() != 23 {
		t.Fatalf("a.b is %+v", ab)
	}
	if diff := cmp.Diff([]string{"n:1", "q:2"}, ab[0].Tags); diff != "" {
		t.Error(diff)
	}
	var got []int64
	for at, v := range r.Metric("c")[0].Points(r.Start, r.End) {
		got = append(got, at-r.Start, int64(v))
	}
	if diff := cmp.Diff([]int64{1000, 5, 4500, 7}, got); diff != "" {
		t.Error(diff)
	}
	want := []Log{
		{At: 1762696025000, Service: "s", Status: "info", Source: "java", Message: "one", File: "rec/m.jsonl", Line: 1},
		{At: 1762696800500, Service: "queue-master", Status: "info", Message: "two", Tags: []string{"n:1"}, File: "rec/l.jsonl", Line: 1,
			Attributes: map[string]any{"pod": "own", "big": json.Number("12345678901234567890")}},
		{At: 1762696801000, Status: "info", Message: "three", File: "rec/m.jsonl", Line: 2},
		{At: 1762698600000, Service: "queue-master", Status: "error", Host: "h", Message: "four", Tags: []string{"n:1", "k:v"}, File: "rec/l.jsonl", Line: 3,
			Attributes: map[string]any{"pod": "p", "big": json.Number("12345678901234567890")}},
	}
	if diff := cmp.Diff(want, r.Logs); diff != "" {
		t.Error(diff)
	}
	if in := r.LogsIn(1762696800500, 1762698600000); len(in) != 2 || in[0].Message != "two" {
		t.Errorf("LogsIn: %v", in)
	}
	if diff := cmp.Diff([]Event{{At: r.Start + 60000, Source: "kubernetes", Title: "t", Text: "x", Tags: []string{"a:b"}, File: "rec/e.jsonl", Line: 1}}, r.EventsIn(r.Start, r.End)); diff != "" {
		t.Error(diff)
	}
}

func TestLoadErrors(t *testing.T) {
	gauge := func(rest string) string { return header + "series \"m\" {\n type = \"gauge\"\n" + rest + "\n}\n" }
	csv := gauge(` csv = "f"`)
	logs, events := header+"logs \"f\" {}\n", header+"events \"f\" {}\n"
	const at = "2025-11-09T14:00:00Z"
	for _, test := range []struct{ name, text, file, want string }{
		{"syntax", "note = ", "", "recording.hcl:1:8-8 Missing expression"},
		{"no start", "note = \"n\"\nend = \"2025-11-09T20:27:00Z\"", "", `Missing required argument: The argument "start"`},
		{"unknown key", header + "begin = 1", "", "recording.hcl:6:1-6 Unsupported argument"},
		{"unknown block", header + "metric \"x\" {}", "", "recording.hcl:6:1-7 Unsupported block type"},
		{"zone", strings.Replace(header, "Kolkata", "Kolkatta", 1), "", "recording.hcl:2:12-27 Unknown time zone"},
		{"machine's zone", strings.Replace(header, "Asia/Kolkata", "Local", 1), "", "Unknown time zone"},
		{"other offset", strings.Replace(header, "+05:30", "+01:00", 1), "", "does not match the time zone Asia/Kolkata"},
		{"relative start", strings.Replace(header, "2025-11-09T19:17:02+05:30", "19:17:02", 1), "", "recording.hcl:3:9-19 Invalid time: start must be an absolute time"},
		{"end first", strings.Replace(header, "T20:27", "T10:27", 1), "", "recording.hcl:4:7-34 Invalid end"},
		{"too long", strings.Replace(header, "2025-11-09T20:27", "2026-11-09T20:27", 1), "", "at most 31 days"},
		{"no string", strings.Replace(header, `"n"`, "7", 1), "", "recording.hcl:1:8-9 Invalid attribute: note must be a string"},
		{"phase late", header + "phases {\n a = \"21:00:00\"\n}", "", "recording.hcl:7:6-16 Phase outside the recording: The phase a is at 2025-11-09T21:00:00+05:30, but the recording starts at 2025-11-09T19:17:02+05:30"},
		{"phase twice", header + "phases {\n a = \"+1m\"\n}\nphases {\n a = \"+2m\"\n}", "", "recording.hcl:10:2-3 Duplicate phase"},
		{"phase no time", header + "phases {\n a = \"noon\"\n}", "", "recording.hcl:7:6-12 Invalid time"},
		{"phase 25 o'clock", header + "phases {\n a = \"25:00:00\"\n}", "", "not a valid time of day"},
		{"phase minus", header + "phases {\n a = \"+-1m\"\n}", "", "not a valid offset"},
		{"metric", header + "series \"1m\" {\n type = \"gauge\"\n values = \"1\"\n}", "", "recording.hcl:6:8-12 Invalid metric name"},
		{"type", header + "series \"m\" {\n type = \"gage\"\n values = \"1\"\n}", "", "recording.hcl:7:9-15 Invalid type"},
		{"no values", gauge(""), "", "recording.hcl:6:1-11 Series needs values or csv"},
		{"both", gauge(" values = \"1\"\n csv = \"f\""), "", "Series needs values or csv"},
		{"column", gauge(" values = \"1\"\n column = \"f\""), "", "recording.hcl:9:2-8 column without csv"},
		{"start with csv", gauge(" csv = \"f\"\n start = \"+1m\""), "", "recording.hcl:9:2-7 start with csv"},
		{"no sample", gauge(` values = "_x3"`), "", "recording.hcl:8:11-16 Series without samples"},
		{"quoted", gauge(` values = "1 2 NaN"`), "", "recording.hcl:8:16-19 Invalid value"},
		{"heredoc", gauge(" values = <<-EOT\n    1x40 # é\n      1x 2\n  EOT"), "", "recording.hcl:10:7-9 Invalid value"},
		{"template", gauge(` values = "1 ${a}"`), "", "recording.hcl:8:11-19 Invalid values"},
		{"list", gauge(` values = [1, 2]`), "", "recording.hcl:8:11-17 Invalid values"},
		{"escape", gauge(` values = "1\n2"`), "", "recording.hcl:8:12-16 Invalid value"},
		{"too many", gauge(` values = "1x30000000"`), "", "recording.hcl:8:12-22 Too many points"},
		{"too many together", gauge(` values = "_x6000000 1"`), "", "recording.hcl:8:22-23 Too many points"},
		{"too long a series", gauge(` values = "1x281"`), "", "recording.hcl:8:11-18 Sample outside the recording: A sample is at 2025-11-09T20:27:02+05:30"},
		{"too early", gauge(" values = \"1\"\n start = \"2025-11-09T13:00:00Z\""), "", "Sample outside the recording"},
		{"interval", gauge(" interval = \"15\"\n values = \"1\""), "", "recording.hcl:8:13-17 Invalid interval"},
		{"no interval", strings.Replace(gauge(` values = "1"`), `interval = "15s"`, "", 1), "", "recording.hcl:6:1-11 Missing interval"},
		{"tag", gauge(" tags = [\"a:b\", \"queue\"]\n values = \"1\""), "", `recording.hcl:8:17-24 Invalid tag: "queue" is not a valid tag: write key:value`},
		{"tag twice", gauge(" tags = [\"a:b\", \"a:b\"]\n values = \"1\""), "", "is a duplicate tag"},
		{"tag blank", gauge(" tags = [\"a:b c\"]\n values = \"1\""), "", "contains white space"},
		{"overlap", gauge(` values = "1x3"`) + "series \"m\" {\n type = \"gauge\"\n start = \"+30s\"\n values = \"1\"\n}", "", "recording.hcl:10:1-11 Samples out of order: This block starts at 2025-11-09T19:17:32+05:30, but the block at rec/recording.hcl:6,1-11"},
		{"two types", gauge(` values = "1x3"`) + "series \"m\" {\n type = \"count\"\n tags = [\"a:b\"]\n values = \"1\"\n}", "", "recording.hcl:10:1-11 Metric with two types"},
		{"status", header + "series \"c\" {\n type = \"service_check\"\n values = \"0 4\"\n}", "", "recording.hcl:8:11-16 Invalid status"},
		{"csv missing", gauge(` csv = "g"`), "", "recording.hcl:8:8-11 Cannot read file"},
		{"csv outside", gauge(` csv = "../g"`), "", "recording.hcl:8:8-14 Invalid file name"},
		{"csv folder", gauge(` csv = "."`), "", `recording.hcl:8:8-11 Invalid file name: "." must be a relative path`},
		{"csv absolute", gauge(` csv = "/g"`), "", "Invalid file name"},
		{"csv backslash", gauge(` csv = "a\\\\g"`), "", "Invalid file name"},
		{"csv empty name", gauge(` csv = ""`), "", "Invalid file name"},
		{"csv header", csv, "a,b\n", "f:1:1-1 Missing column"},
		{"csv empty", csv, "", "f:1:1-1 Missing column"},
		{"csv no rows", csv, "timestamp,value\n", "Series without samples"},
		{"csv fields", csv, "timestamp,value\n" + at + "\n", "f:2:1-1 Invalid CSV"},
		{"csv unsorted", csv, "timestamp,value\n" + at + ",1\n2025-11-09T13:59:00Z,1\n", "f:3:1-1 Timestamps out of order: The previous line has a later timestamp, 2025-11-09T19:30:00+05:30"},
		{"csv duplicate", csv, "timestamp,value\n" + at + ",1\n" + at + ",1\n", "f:3:1-1 Duplicate timestamp"},
		{"csv NaN", csv, "timestamp,value\n" + at + ",NaN\n", "f:2:22-22 Invalid value"},
		{"csv outside", csv, "timestamp,value\n2024-11-09T14:00:00Z,1\n", "f:2:1-1 Sample outside the recording"},
		{"csv zone", csv, "timestamp,value\n2025-11-09T15:00:00+01:00,1\n", "does not match the time zone"},
		{"log syntax", logs, "{]", "f:1:2-2 Invalid line: The line is not a JSON object"},
		{"log key", logs, `{"timestamp":"` + at + `","msg":"x"}`, `unknown key "msg": the keys of a line are timestamp, message`},
		{"log type", logs, `{"timestamp":7}`, "timestamp is a JSON number but must be a string"},
		{"log two", logs, "{} {}", "more data after the JSON object"},
		{"log no time", logs, "{}", "no timestamp"},
		{"log outside", logs, `{"timestamp":"2024-11-09T14:00:00Z"}`, "The line is at 2024-11-09T19:30:00+05:30"},
		{"log unsorted", logs, `{"timestamp":"+2m"}` + "\n" + `{"timestamp":"+1m"}`, "f:2:1-1 Invalid line: The previous line has a later timestamp"},
		{"log tag", logs, `{"timestamp":"+2m","tags":["a"]}`, "not a valid tag"},
		{"log attributes", header + "logs \"f\" {\n attributes = 7\n}", "", "recording.hcl:7:15-16 Invalid attributes"},
		{"event key", events, `{"timestamp":"+2m","message":"x"}`, "the keys of a line are timestamp, title, text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, found := load(test.text, map[string]string{"f": test.file})
			if r != nil || len(found) != 1 || !strings.Contains(found[0], test.want) {
				t.Errorf("got %q, want one with %q", found, test.want)
			}
		})
	}
}

func TestLoadTooLargeFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "f")
	if err := errors.Join(os.WriteFile(filepath.Join(dir, fileName), []byte(header+"logs \"f\" {}"), 0o600), os.WriteFile(file, nil, 0o600),
		os.Truncate(file, MaxFileBytes+1)); err != nil {
		t.Fatal(err)
	}
	_, diags := Load(dir)
	if len(diags) != 1 || !strings.Contains(diags[0].Detail, "larger than 32 MiB") {
		t.Error(diags)
	}
}

func TestLoadEmptyFolder(t *testing.T) {
	r, diags := Load(t.TempDir())
	if r != nil || len(diags) != 1 || !strings.Contains(diags[0].Detail, "recording.hcl: no such file") {
		t.Error(diags)
	}
}

// TestClockChange has a day on which clocks in Berlin skip an hour, and one on which they repeat an hour.
func TestClockChange(t *testing.T) {
	for _, test := range []struct{ start, end, at, want string }{
		{"2025-03-30T00:00:00+01:00", "2025-03-30T12:00:00+02:00", "02:30:00", "skip 02:30:00"},
		{"2025-10-26T00:00:00+02:00", "2025-10-26T12:00:00+01:00", "02:30:00", "show 02:30:00 twice"},
		{"2025-10-25T00:00:00+02:00", "2025-10-26T12:00:00+01:00", "12:00:00", "ambiguous"},
		{"2025-10-25T20:00:00+02:00", "2025-10-26T12:00:00+01:00", "11:00:00", ""},
	} {
		text := fmt.Sprintf("note = \"n\"\ntimezone = \"Europe/Berlin\"\nstart = %q\nend = %q\nphases {\n a = %q\n}\n", test.start, test.end, test.at)
		_, found := load(text, nil)
		if test.want == "" && found != nil || test.want != "" && (len(found) != 1 || !strings.Contains(found[0], test.want)) {
			t.Errorf("%v: %q", test, found)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(header+"series \"m\" {\n type = \"gauge\"\n values = \"1x4\"\n}\nlogs \"f\" {}", `{"timestamp":"+1m"}`)
	f.Add(header+"series \"m\" {\n type = \"rate\"\n csv = \"f\"\n}", "timestamp,value\n+1m,4\n")
	f.Add(header+"phases {\n a = \"+1m\"\n}\nevents \"f\" {\n tags = [\"a:b\"]\n}", `{"timestamp":"+1m","title":"t"}`)
	f.Add(header+"series \"m\" {\n type = \"gauge\"\n values = <<EOT\nEOT\n}", "")
	f.Fuzz(func(t *testing.T, text, file string) {
		r, found := load(text, map[string]string{"f": file})
		if (r == nil) == (found == nil) {
			t.Fatalf("%v with %q", r, found)
		}
		if r == nil {
			return
		}
		for _, s := range r.Series {
			last := r.Start - 1
			for k := range s.Segments {
				first, _ := s.Segments[k].At(0)
				if first <= last {
					t.Fatalf("%s: a sample at %d after one at %d", s.Metric, first, last)
				}
				last = s.Segments[k].Last()
			}
			if last >= r.End {
				t.Fatalf("%s: a sample at %d, after the end", s.Metric, last)
			}
		}
	})
}
