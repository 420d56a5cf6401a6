#!/usr/bin/env python3
"""Makes gold-generated.csv and damage-generated.csv, the same bytes each time.

They have the columns and the ways of writing of two files that may not be handed on, and none of their rows: every number here comes from
a seeded generator and from the scales below. Needs Python 3.9 and nothing else. From the root of the project:

    python3 data/src/main/scripts/generate.py data/src/main/resources/dev/laurel/source
"""
import csv
import datetime
import math
import pathlib
import random
import sys

# Units for one US dollar at the beginning, round numbers.
CURRENCIES = {
    "USD": 1, "EUR": 0.9, "JPY": 110, "GBP": 0.8, "CAD": 1.3, "CHF": 1, "INR": 70, "CNY": 7, "TRY": 5, "SAR": 3.75, "IDR": 14_000,
    "AED": 3.67, "THB": 32, "VND": 23_000, "EGP": 17, "KRW": 1_150, "RUB": 65, "ZAR": 14, "AUD": 1.4,
}
PEGGED = {"USD", "SAR", "AED"}
LATE = {"CNY": 200, "TRY": 150, "VND": 350, "EGP": 300, "RUB": 400}  # no price on that many first days


def gold(file):
    """A price in dollars that walks at random with a pull to 1,500, in currencies that walk too, from 2018-01-01 on each weekday."""
    chance = random.Random(20180101)
    price, rates, day = 1300.0, dict(CURRENCIES), datetime.date(2018, 1, 1)
    with open(file, "w", newline="", encoding="utf-8") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(["Date", *CURRENCIES])
        for row in range(1500):
            price *= math.exp(chance.gauss(0, 0.008) - 0.001 * math.log(price / 1500))
            line = [f"{day.month}/{day.day}/{day.year}"]
            for currency, beginning in CURRENCIES.items():
                if currency not in PEGGED:
                    rates[currency] *= math.exp(chance.gauss(0, 0.004) - 0.002 * math.log(rates[currency] / beginning))
                missing = row < LATE.get(currency, 0) or (row < 2 and currency not in ("USD", "EUR", "GBP"))
                line.append("#N/A" if missing else f"{price * rates[currency]:,.1f}")
            lines.writerow(line)
            day += datetime.timedelta(days=3 if day.weekday() == 4 else 1)


def customer(chance):
    """A guest of a hotel, and what came of the stay."""
    def yes(share):
        return float(chance.random() < share)

    def amount(middle, spread):
        return float(round(middle * math.exp(chance.gauss(0, spread))))

    age = float(min(90, max(16, round(chance.gauss(42, 15)))))
    retired = float(age >= 65)
    claims = float(min(9, int(chance.expovariate(1.2))))
    damages = float(min(9, int(chance.expovariate(1.0))))
    bar = float(min(40, int(chance.expovariate(0.25))))
    cabs = float(min(15, int(chance.expovariate(0.25))))
    shops = yes(0.3)
    row = {
        "income_am": amount(1500, 0.9),
        "profit_last_am": amount(200, 1) * yes(0.5),
        "profit_am": amount(2500, 0.6),
        "damage_am": amount(400, 0.9) if damages else 0.0,
        "damage_inc": damages,
        "crd_lim_rec": 500.0 * chance.randrange(0, 30),
        "credit_use_ic": yes(0.05),
        "lactose_ic": yes(0.1),
        "insurance_ic": yes(0.35),
        "spa_ic": yes(0.4),
        "empl_ic": yes(0.1),
        "cab_requests": cabs,
        "married_cd": chance.random() < 0.7,
        "bar_no": bar,
        "sport_ic": yes(0.4),
        "neighbor_income": amount(30000, 0.3),
        "age": age,
        "marketing_permit": yes(0.5),
        "urban_ic": yes(0.7),
        "dining_ic": yes(0.1),
        "presidential": yes(0.03),
        "client_segment": float(chance.randrange(0, 6)),
        "sect_empl": float(chance.randrange(0, 6)),
        "prev_stay": yes(0.6),
        "prev_all_in_stay": yes(0.4),
        "fam_adult_size": float(chance.randrange(1, 5)),
        "children_no": float(min(6, int(chance.expovariate(1.2)))),
        "tenure_mts": float(chance.randrange(0, 500)),
        "company_ic": yes(0.1),
        "claims_no": claims,
        "claims_am": amount(300, 0.8) if claims else 0.0,
        "nights_booked": float(1 + int(chance.expovariate(0.05))),
        "gender": chance.randrange(0, 2),
        "shop_am": round(200 * math.exp(chance.gauss(0, 0.8)), 2) if shops else 0.0,
        "shop_use": shops,
        "retired": retired,
        "gold_status": yes(0.1),
    }
    tendency = -3.2 + 0.55 * damages + 0.16 * bar + 0.5 * claims + 0.06 * cabs - 0.025 * (age - 42) - 0.9 * row["insurance_ic"]
    harm = chance.random() < 1 / (1 + math.exp(-tendency))
    row["outcome_profit"] = round(1500 * math.exp(chance.gauss(0, 0.4)), 2)
    row["outcome_damage_inc"] = int(harm)
    row["outcome_damage_amount"] = round(600 * math.exp(chance.gauss(0, 0.8)), 2) if harm else 0.0
    return row


def damage(file):
    """Whether a guest does damage: more often where there was damage before, after visits to the bar and among the young."""
    chance = random.Random(37)
    guests = [customer(chance) for _ in range(1000)]
    with open(file, "w", newline="", encoding="utf-8") as out:
        lines = csv.DictWriter(out, guests[0].keys(), lineterminator="\n")
        lines.writeheader()
        lines.writerows(guests)
    print(f"{sum(guest['outcome_damage_inc'] for guest in guests)} of {len(guests)} did damage")


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    gold(folder / "gold-generated.csv")
    damage(folder / "damage-generated.csv")
