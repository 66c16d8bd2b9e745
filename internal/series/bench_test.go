package series

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

const benchHeader = "note = \"n\"\nstart = \"2025-11-09T00:00:00Z\"\nend = \"2025-11-10T00:00:00Z\"\ninterval = \"15s\"\n"

func BenchmarkLoadHealthyDay(b *testing.B) {
	for b.Loop() {
		loadFolder(b, healthyDay)
	}
}

// BenchmarkLoadThousand loads 1,000 series of a day's 5,760 samples each: as runs, and written out.
func BenchmarkLoadThousand(b *testing.B) {
	for name, values := range map[string]string{
		"runs":   "40+0.005x2880 1x40 0x41 60x2799",
		"listed": strings.Repeat("41 42 43 44.5 45 60 ", 960),
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Builder{}
			text.WriteString(benchHeader)
			for i := range 1000 {
				fmt.Fprintf(&text, "series \"m.%d\" {\n tags = [\"host:a\"]\n type = \"gauge\"\n values = <<-EOT\n  %s\n EOT\n}\n", i, values)
			}
			files := fstest.MapFS{fileName: {Data: []byte(text.String())}}
			b.ReportAllocs()
			for b.Loop() {
				if r, diags := loadFS(files, "rec", fileName); diags.HasErrors() || r.Points() != 5_760_000 {
					b.Fatal(diags)
				}
			}
		})
	}
}

// BenchmarkLoadCSV loads 100 series of a day's 5,760 samples each.
func BenchmarkLoadCSV(b *testing.B) {
	files := fstest.MapFS{}
	text, data := strings.Builder{}, strings.Builder{}
	text.WriteString(benchHeader)
	data.WriteString("timestamp,value\n")
	for i := range 5760 {
		fmt.Fprintf(&data, "%d,%d\n", 1762646400+15*i, i%60)
	}
	for i := range 100 {
		name := fmt.Sprintf("%d.csv", i)
		fmt.Fprintf(&text, "series \"m.%d\" {\n type = \"gauge\"\n csv = %q\n}\n", i, name)
		files[name] = &fstest.MapFile{Data: []byte(data.String())}
	}
	files[fileName] = &fstest.MapFile{Data: []byte(text.String())}
	b.ReportAllocs()
	for b.Loop() {
		if r, diags := loadFS(files, "rec", fileName); diags.HasErrors() || r.Points() != 576_000 {
			b.Fatal(diags)
		}
	}
}

// BenchmarkPoints reads a window of five minutes out of a day, each minute.
func BenchmarkPoints(b *testing.B) {
	r := loadFolder(b, healthyDay)
	s := r.Metric("rabbitmq.queue.messages")[0]
	for b.Loop() {
		for from := r.Start; from < r.End; from += 60_000 {
			for range s.Points(from, from+300_000) {
			}
		}
	}
}
