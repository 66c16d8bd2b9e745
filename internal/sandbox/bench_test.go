package sandbox

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// BenchmarkList lists monitors by a tag that a tenth of them have.
func BenchmarkList(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := newTestServer(b)
			for i := range n {
				seedMonitor(b, s, int64(i+1), object{"name": fmt.Sprint("m", i), "tags": []any{fmt.Sprint("part:", i%10), "env:prod", fmt.Sprint("n:", i)}})
			}
			for b.Loop() {
				if w := call(s, "GET", "/api/v1/monitor?monitor_tags=part:3", ""); w.Code != 200 {
					b.Fatal(w.Body)
				}
			}
		})
	}
}

// BenchmarkCreate creates monitors in a file with one worker and with ten.
func BenchmarkCreate(b *testing.B) {
	for _, workers := range []int{1, 10} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			s := openTestServer(b, filepath.Join(b.TempDir(), "sandbox.db"))
			var n atomic.Int64
			var wg sync.WaitGroup
			for range workers {
				wg.Go(func() {
					for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
						if w := call(s, "POST", "/api/v1/monitor", monitorBody(object{"name": fmt.Sprint(i)})); w.Code != 200 {
							b.Error(w.Body)
						}
					}
				})
			}
			wg.Wait()
		})
	}
}
