/* The nanoseconds that treelite's compiled forest needs for a row: beside its main.c, `learn_rows FILE` with rows of doubles. */
#include "header.h"
#include <time.h>

static double nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

int main(int count, char** words) {
  if (count != 2) return 2;
  int features = get_num_feature(), rows = 0;
  static union Entry vectors[1 << 17];
  FILE* file = fopen(words[1], "rb");
  if (!file) return 1;
  double value;
  for (int i = 0; i < 1 << 17 && fread(&value, sizeof value, 1, file) == 1; i++) {
    vectors[i].fvalue = value;
    rows = (i + 1) / features;
  }
  double least = 1e300, kept = 0;
  for (int round = 0; round < 40; round++) {
    double start = nanos();
    for (int row = 0; row < rows; row++) {
      double scores[2] = {0, 0};
      predict(vectors + row * features, 0, scores);
      kept += scores[0];
    }
    double took = (nanos() - start) / rows;
    if (took < least) least = took;
  }
  printf("%.1f %f\n", least, kept);
  return 0;
}
