package object

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkFinder searches for many strings with the same prefix in a string that contains the prefix many times, like
// the queries of a stack.
func BenchmarkFinder(b *testing.B) {
	for _, n := range []int{10, 1000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var f Finder
			for i := range n {
				f.Add("v", fmt.Sprintf("avg(last_5m):avg:app.queue{key:secret-%05d} > %d", i, i))
			}
			text := strings.Repeat("avg(last_5m):avg:app.queue{key:open} > 5 and more text around it\n", 1000)
			f.Find(text[:100])
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if len(f.Find(text)) > 0 {
					b.Fatal("found")
				}
			}
		})
	}
}
