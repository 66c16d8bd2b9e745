package shop_test

import (
	"testing"

	"ddmon/internal/ddtest/shop"
)

func TestShop(t *testing.T) {
	if monitors := shop.Monitors(t); len(monitors) < 5 || len(monitors) >= len(shop.Objects(t))+1 {
		t.Errorf("%d monitors of %d objects", len(monitors), len(shop.Objects(t)))
	}
	for i, rec := range shop.Recordings(t, "incident-5", "healthy-day") {
		if want := []string{"incident-5", "healthy-day"}[i]; rec.Name != want || rec.Points() == 0 {
			t.Errorf("%s: %d points, want %s", rec.Name, rec.Points(), want)
		}
	}
}
