package kind

import "testing"

func TestAll(t *testing.T) {
	for _, k := range All() {
		t.Log(k.Name, len(k.Body.Fields), k.WidgetTypes(), TablesVersion())
	}
	for _, name := range Named("dashboard").WidgetTypes() {
		w := Named("dashboard").Widget(name)
		for _, x := range w.tells {
			t.Log(name, x.key)
		}
	}
}

func BenchmarkLoadMonitor(b *testing.B) {
	for b.Loop() {
		newMonitor()
	}
}
func BenchmarkLoadDashboard(b *testing.B) {
	for b.Loop() {
		newDashboard()
	}
}
func BenchmarkVersion(b *testing.B) {
	for b.Loop() {
		TablesVersion()
	}
}
